namespace Cruddur.ApiTests.Endurance;

/// <summary>The memory of one process over time. The first samples, of a process that warms up, don't count.</summary>
internal sealed class MemorySamples
{
    private const int WarmUp = 15;
    private const long Mebibyte = 1024 * 1024;

    /// <summary>How much more memory a process may have at the end than after its warm-up, in bytes.</summary>
    private const long MaxGrowth = 64 * Mebibyte;

    private readonly List<long> _samples = [];

    /// <summary>Adds the sample of a second.</summary>
    public void Add(long bytes) => _samples.Add(bytes);

    /// <summary>Whether the memory stays about the same.</summary>
    public bool IsFlat
    {
        get
        {
            var samples = _samples.Skip(WarmUp).ToList();
            return samples.Count < WarmUp || samples.TakeLast(5).Min() - samples.Take(5).Max() < MaxGrowth;
        }
    }

    /// <summary>The samples in MiB.</summary>
    public override string ToString() => string.Join(' ', _samples.Select(bytes => bytes / Mebibyte));
}
