using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts and stops processes through dcp.</summary>
internal sealed class ProcessLifecycle(
    ResourceProcesses processes,
    ResourceEvents events,
    DcpServer dcp,
    ProcessSpecificationBuilder specifications,
    ResourceNotificationService notifications,
    ILogger<ProcessLifecycle> logger) : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts all instances of a resource, or leaves them to a start command.</summary>
    public async Task StartAsync(IResource resource, ResourceProcess[] instances, CancellationToken cancellationToken)
    {
        foreach (var process in instances)
        {
            await process.Gate.WaitAsync(cancellationToken);
        }

        try
        {
            if (resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
            {
                await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.NotStarted });
                return;
            }

            await StartCoreAsync(resource, instances, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await events.FailedAsync(resource, instances, exception);
        }
        finally
        {
            Array.ForEach(instances, p => p.Gate.Release());
        }
    }

    /// <summary>Starts one instance. An instance that waits for dependencies stops waiting.</summary>
    public async Task StartAsync(string id, CancellationToken cancellationToken)
    {
        var process = Find(id);
        var waiting = false;
        await notifications.PublishUpdateAsync(process.Resource, process.Id, s =>
        {
            waiting = s.State?.Text == KnownResourceStates.Waiting;
            return waiting ? s with { State = KnownResourceStates.Starting } : s;
        });
        if (waiting)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await process.Gate.WaitAsync(either.Token);
        try
        {
            if (process.IsRunning)
            {
                throw new DistributedApplicationException($"Resource '{id}' has already been started.");
            }

            if (process.IsCreated)
            {
                await DeleteAsync(process, either.Token);
            }

            await StartCoreAsync(process.Resource, [process], either.Token);
        }
        catch (Exception exception) when (!process.IsRunning && !_stopping.IsCancellationRequested)
        {
            await events.FailedAsync(process.Resource, [process], exception);
            throw;
        }
        finally
        {
            process.Gate.Release();
        }
    }

    /// <summary>Stops one instance and returns when it has ended.</summary>
    public async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        var process = Find(id);
        await process.Gate.WaitAsync(cancellationToken);
        try
        {
            if (process.IsRunning)
            {
                await notifications.PublishUpdateAsync(process.Resource, process.Id, s => s with { State = KnownResourceStates.Stopping });
                await StopCoreAsync(process, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            throw new DistributedApplicationException($"Resource '{id}' did not stop within {StopTimeout.TotalSeconds} s.");
        }
        finally
        {
            process.Gate.Release();
        }
    }

    /// <summary>Stops all processes but the dashboard, which receives their last telemetry.</summary>
    public async Task StopAllAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(processes.All.Where(p => p.IsRunning && p.Resource.Name != DashboardResource.Name).Select(async process =>
        {
            try
            {
                await StopCoreAsync(process, cancellationToken);
            }
            catch (Exception exception) when (exception is TimeoutException or HttpRequestException)
            {
                logger.LogDebug(exception, "Resource {ResourceId} did not stop by itself.", process.Id);
            }
        }));
    }

    public void Dispose() => _stopping.Dispose();

    private ResourceProcess Find(string id) =>
        processes.Find(id) ?? throw new DistributedApplicationException($"Resource '{id}' not found.");

    private async Task StartCoreAsync(IResource resource, ResourceProcess[] instances, CancellationToken cancellationToken)
    {
        await events.StartingAsync(resource, instances, cancellationToken);
        var specification = await specifications.BuildAsync(resource, cancellationToken);
        foreach (var process in instances)
        {
            process.Specification = specification;
            var executable = ProcessSpecificationBuilder.ToExecutable(specification, resource, process.Instance);
            await dcp.Client.CreateAsync(executable, cancellationToken);
            process.IsCreated = true;
        }
    }

    private async Task StopCoreAsync(ResourceProcess process, CancellationToken cancellationToken)
    {
        await dcp.Client.StopExecutableAsync(process.Id, cancellationToken);
        await process.Ended.Task.WaitAsync(StopTimeout, cancellationToken);
    }

    private async Task DeleteAsync(ResourceProcess process, CancellationToken cancellationToken)
    {
        if (process.Logs is { } logs)
        {
            await logs.CloseAsync();
        }

        process.Logs = null;
        process.Retire();
        await dcp.Client.DeleteAsync<DcpExecutable>(process.Id, cancellationToken);
        process.IsCreated = false;
    }
}
