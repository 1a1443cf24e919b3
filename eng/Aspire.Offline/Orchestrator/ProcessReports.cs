using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Watches the objects of dcp, and publishes the changes of processes and endpoints.</summary>
internal sealed class ProcessReports(
    ResourceProcesses processes,
    ResourceEvents events,
    DcpServer dcp,
    EndpointAllocator endpoints,
    ProcessSnapshots snapshots,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ILogger<ProcessReports> logger) : IDisposable
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _tasks = [];

    public void Start()
    {
        Watch<DcpService>(endpoints.OnService);
        Watch<DcpEndpoint>(OnEndpoint);
        Watch<DcpExecutable>(OnExecutable);
        _tasks.AddRange(processes.All.Select(p => Task.Run(() => PublishReportsAsync(p))));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private void Watch<T>(Action<DcpWatchEvent<T>> handle)
        where T : IDcpObject => _tasks.Add(Task.Run(async () =>
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in dcp.Client.WatchAsync<T>(_stopping.Token))
                {
                    handle(change);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                logger.LogDebug(exception, "The watch of {Kind} objects was interrupted and starts again.", T.Kind);
                await Task.Delay(ReconnectDelay, _stopping.Token);
            }
        }
    }));

    private void OnExecutable(DcpWatchEvent<DcpExecutable> change)
    {
        if (!change.IsDeletion)
        {
            processes.Find(change.Object.Metadata.Name)?.Reports.Writer.TryWrite(change.Object);
        }
    }

    private void OnEndpoint(DcpWatchEvent<DcpEndpoint> change)
    {
        if (endpoints.OnEndpoint(change) is { } id && processes.Find(id) is { } process)
        {
            _ = notifications.PublishUpdateAsync(
                process.Resource, id, s => s with { Urls = snapshots.Urls(process.Resource, id, s.State?.Text) });
        }
    }

    private async Task PublishReportsAsync(ResourceProcess process)
    {
        await foreach (var report in process.Reports.Reader.ReadAllAsync(_stopping.Token))
        {
            try
            {
                await PublishAsync(process, report);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "A report about resource {ResourceId} could not be published.", process.Id);
            }
        }
    }

    private async Task PublishAsync(ResourceProcess process, DcpExecutable report)
    {
        var before = process.Latest?.Status?.State;
        if (!process.TryAccept(report))
        {
            return;
        }

        var state = report.Status?.State;
        if (!string.IsNullOrEmpty(state))
        {
            process.Logs ??= new ProcessLogs(dcp.Client, loggers, process.Id);
        }

        var ended = ResourceProcess.IsTerminal(state) && !ResourceProcess.IsTerminal(before);
        if (ended)
        {
            // The log is complete before the end is published.
            await process.Logs!.CompleteAsync(_stopping.Token);
        }

        await notifications.PublishUpdateAsync(
            process.Resource, process.Id, s => snapshots.Update(s, process.Resource, report, process.Specification));
        if (ended)
        {
            process.Ended.TrySetResult();
            await events.StoppedAsync(process, _stopping.Token);
        }
    }
}
