namespace Cruddur.Throughput;

/// <summary>Something to measure, and what was measured.</summary>
/// <param name="name">What is measured.</param>
/// <param name="server">The server.</param>
/// <param name="connections">Prepares the requests of each connection for one run.</param>
internal sealed class Measurement(string name, Uri server, Func<IReadOnlyList<IEnumerable<byte[]>>> connections)
{
    private readonly List<(LoadResult Load, TimeSpan ApiTime)> _results = [];

    /// <summary>What is measured.</summary>
    public string Name => name;

    /// <summary>The requests that the API has answered so far.</summary>
    public int ApiRequests { get; private set; }

    /// <summary>Sends requests for a while.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="duration">How long.</param>
    /// <param name="isCounted">Whether the result counts.</param>
    public async Task RunAsync(Servers servers, TimeSpan duration, bool isCounted)
    {
        var prepared = connections();
        var before = servers.ApiProcessorTime;
        var load = await HttpLoad.RunAsync(server, duration, prepared);
        ApiRequests += server == servers.Api ? load.Latencies.Count : 0;
        if (isCounted)
        {
            _results.Add((load, servers.ApiProcessorTime - before));
        }
    }

    /// <summary>The medians of all runs as a row of a Markdown table.</summary>
    public string ToRow()
    {
        var rates = _results.Select(result => result.Load.Rate).Order().ToList();
        return $"| {name} | {Median(rates):N0} ({rates[0]:N0} to {rates[^1]:N0}) "
            + $"| {Median(_results.Select(result => result.Load.Percentile(0.5).TotalMilliseconds)):0.0} "
            + $"| {Median(_results.Select(result => result.Load.Percentile(0.99).TotalMilliseconds)):0.0} "
            + $"| {Median(_results.Select(result => result.ApiTime.TotalMilliseconds * 1000 / result.Load.Latencies.Count)):0} |";
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
