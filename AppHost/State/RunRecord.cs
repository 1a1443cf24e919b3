using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cruddur.AppHost.State;

/// <summary>
/// The processes that a run of the AppHost has started, in a file of the state directory: one line each, with id and start time.
/// They outlive an AppHost that is killed by some seconds.
/// </summary>
/// <param name="statePath">The state directory.</param>
internal sealed class RunRecord(string statePath)
{
    private const string Stopping = "stopping";

    /// <summary>The property of a resource that holds its process id, as the dashboard knows it.</summary>
    private const string ProcessIdProperty = "executable.pid";

    private readonly string _file = Path.Combine(statePath, "run");

    /// <summary>Whether the run has begun to stop.</summary>
    public bool IsStopping => ReadLines().Contains(Stopping);

    /// <summary>The processes that the run has started.</summary>
    public IReadOnlyList<RecordedProcess> Processes => [.. ReadLines().Select(Parse).OfType<RecordedProcess>()];

    /// <summary>Forgets the run.</summary>
    public void Delete() => File.Delete(_file);

    /// <summary>Records the processes of the running AppHost until it stops.</summary>
    /// <param name="services">The AppHost's services.</param>
    public async Task RecordAsync(IServiceProvider services)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var seen = new HashSet<(string ResourceId, int ProcessId)>();
        var recorded = new HashSet<RecordedProcess>();
        try
        {
            await foreach (var change in services.GetRequiredService<ResourceNotificationService>().WatchAsync(stopping))
            {
                var value = change.Snapshot.Properties.FirstOrDefault(property => property.Name == ProcessIdProperty)?.Value;
                if (value is null)
                {
                    continue;
                }

                // Each result of a health check is a change too. The processes are looked up once.
                var id = Convert.ToInt32(value, CultureInfo.InvariantCulture);
                if (seen.Add((change.ResourceId, id)) && RecordedProcess.Find(id) is { } process)
                {
                    RecordedProcess?[] related = [process, process.FindParent()];
                    Append(related.OfType<RecordedProcess>().Where(recorded.Add).Select(Format));
                }
            }
        }
        catch (OperationCanceledException)
        {
            Append([Stopping]);
        }
    }

    private static string Format(RecordedProcess process) =>
        string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime}");

    /// <summary>Reads one line. The last one can be cut off where the AppHost was killed.</summary>
    private static RecordedProcess? Parse(string line) =>
        line.Split(' ') is [var id, var start]
        && int.TryParse(id, CultureInfo.InvariantCulture, out var processId)
        && long.TryParse(start, CultureInfo.InvariantCulture, out var startTime)
            ? new(processId, startTime)
            : null;

    private void Append(IEnumerable<string> lines) => File.AppendAllLines(_file, lines);

    private string[] ReadLines() => File.Exists(_file) ? File.ReadAllLines(_file) : [];
}
