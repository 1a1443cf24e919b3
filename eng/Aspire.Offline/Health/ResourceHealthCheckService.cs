using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

    private readonly ConcurrentDictionary<IResource, CancellationTokenSource> _monitors = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host was disposed of without being stopped.
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        await foreach (var e in notifications.WatchAsync(stoppingToken))
        {
            var state = e.Snapshot.State?.Text;
            if (state == KnownResourceStates.Running && !_monitors.ContainsKey(e.Resource))
            {
                var monitor = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                _monitors[e.Resource] = monitor;
                _ = Task.Run(() => MonitorAsync(e.Resource, monitor.Token), stoppingToken);
            }
            else if (KnownResourceStates.TerminalStates.Contains(state)
                && e.Resource.InstanceIds().All(id => notifications.TryGetCurrentState(id, out var each) && KnownResourceStates.TerminalStates.Contains(each.Snapshot.State?.Text))
                && _monitors.TryRemove(e.Resource, out var monitor))
            {
                await monitor.CancelAsync();
                monitor.Dispose();
            }
        }
    }

    private async Task MonitorAsync(IResource resource, CancellationToken cancellationToken)
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
                var report = await CheckAsync(keys, cancellationToken);
                await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = Merge(s.HealthReports, report) });
                unhealthy = report.Status is HealthStatus.Healthy ? 0 : unhealthy + 1;
                if (unhealthy == 0)
                {
                    ready ??= PublishReadyAsync(resource, cancellationToken);
                }

                await Task.Delay(unhealthy == 0 ? HealthyInterval : unhealthy < LongUnhealthyChecks ? UnhealthyInterval : LongUnhealthyInterval, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The resource has ended, or the application does.
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
            return new HealthReport(keys.ToDictionary(k => k, _ => new HealthReportEntry(HealthStatus.Unhealthy, "Error calling HealthCheckService.", TimeSpan.Zero, exception, null)), TimeSpan.Zero);
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
        var updated = report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.ToString()) { LastRunAt = now }).ToArray();
        return [.. reports.Where(r => !updated.Any(u => u.Name == r.Name)), .. updated];
    }
}
