using System.Collections.Immutable;
using System.Diagnostics;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Checks running resources, publishes the results, and says when a resource is ready.</summary>
internal sealed class ResourceHealthCheckService(
    HealthCheckService healthChecks,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ILogger<ResourceHealthCheckService> logger) : BackgroundService
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnhealthyInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongUnhealthyInterval = TimeSpan.FromSeconds(1);
    private const int LongUnhealthyChecks = 80;

    private readonly Dictionary<IResource, Monitor> _monitors = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var e in notifications.WatchAsync(stoppingToken))
            {
                await OnResourceChangedAsync(e, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host was disposed without a stop.
        }
    }

    private async Task OnResourceChangedAsync(ResourceEvent e, CancellationToken stoppingToken)
    {
        var state = e.Snapshot.State?.Text;
        if (!_monitors.TryGetValue(e.Resource, out var monitor))
        {
            if (state == KnownResourceStates.Running)
            {
                _monitors[e.Resource] = monitor = new Monitor(stoppingToken);
                monitor.OnState(e.ResourceId, state);
                var cancellationToken = monitor.Token;
                _ = Task.Run(() => MonitorAsync(e.Resource, monitor, cancellationToken), stoppingToken);
            }

            return;
        }

        if (IsTerminal(state) && e.Resource.InstanceIds().All(id => id == e.ResourceId || IsTerminal(State(id))))
        {
            _monitors.Remove(e.Resource);
            await monitor.StopAsync();
            monitor.Dispose();
            return;
        }

        monitor.OnState(e.ResourceId, state);
    }

    private static bool IsTerminal(string? state) => KnownResourceStates.TerminalStates.Contains(state);

    private string? State(string id) => notifications.TryGetCurrentState(id, out var current) ? current.Snapshot.State?.Text : null;

    private async Task MonitorAsync(IResource resource, Monitor monitor, CancellationToken cancellationToken)
    {
        try
        {
            var keys = resource.AnnotationsIncludingAncestors<HealthCheckAnnotation>().Select(c => c.Key).ToHashSet();
            if (keys.Count == 0)
            {
                await PublishReadyAsync(resource, cancellationToken);
                return;
            }

            Task? ready = null;
            for (var unhealthy = 0; ;)
            {
                var (checkedAt, stateChanged) = (Stopwatch.GetTimestamp(), monitor.StateChanged);
                var report = await CheckAsync(keys, cancellationToken);

                // A check that began before the process was started says nothing about the process.
                await notifications.PublishUpdateAsync(
                    resource, s => s.StartedAt > checkedAt ? s : s with { HealthReports = Merge(s.HealthReports, report) });
                unhealthy = report.Status is HealthStatus.Healthy ? 0 : unhealthy + 1;
                if (unhealthy == 0)
                {
                    ready ??= PublishReadyAsync(resource, cancellationToken);
                }

                var interval = unhealthy == 0 ? HealthyInterval
                    : unhealthy < LongUnhealthyChecks ? UnhealthyInterval
                    : LongUnhealthyInterval;
                await stateChanged.WaitAsync(interval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The resource or the application has stopped.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Unexpected error ended health monitoring for resource '{ResourceName}'.", resource.Name);
        }
    }

    private async Task<HealthReport> CheckAsync(HashSet<string> keys, CancellationToken cancellationToken)
    {
        try
        {
            return await healthChecks.CheckHealthAsync(r => keys.Contains(r.Name), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var entry = new HealthReportEntry(HealthStatus.Unhealthy, "Error calling HealthCheckService.", TimeSpan.Zero, exception, null);
            return new HealthReport(keys.ToDictionary(k => k, _ => entry), TimeSpan.Zero);
        }
    }

    private async Task PublishReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        var handlers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        await handlers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (handlers.Exception?.InnerException is { } exception)
        {
            logger.LogError(exception, "A handler of the ready event of resource '{ResourceName}' failed.", resource.Name);
        }

        await notifications.PublishUpdateAsync(resource, s => s with { ReadyEvent = handlers });
    }

    private static ImmutableArray<HealthReportSnapshot> Merge(ImmutableArray<HealthReportSnapshot> reports, HealthReport report)
    {
        var now = DateTime.UtcNow;
        var updated = report.Entries.Select(entry =>
        {
            var (key, result) = entry;
            return new HealthReportSnapshot(key, result.Status, result.Description, result.Exception?.ToString()) { LastRunAt = now };
        }).ToArray();
        return [.. reports.Where(r => !updated.Any(u => u.Name == r.Name)), .. updated];
    }

    /// <summary>The monitoring of one resource while any of its instances runs.</summary>
    private sealed class Monitor(CancellationToken stoppingToken) : IDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        private readonly Dictionary<string, string?> _states = [];
        private TaskCompletionSource _stateChanged = NewSource();

        public CancellationToken Token => _stop.Token;

        /// <summary>Completes when the state of an instance changes.</summary>
        public Task StateChanged => Volatile.Read(ref _stateChanged).Task;

        public void OnState(string id, string? state)
        {
            if (!_states.TryGetValue(id, out var previous) || previous != state)
            {
                _states[id] = state;
                Interlocked.Exchange(ref _stateChanged, NewSource()).SetResult();
            }
        }

        public Task StopAsync() => _stop.CancelAsync();

        public void Dispose() => _stop.Dispose();

        private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
