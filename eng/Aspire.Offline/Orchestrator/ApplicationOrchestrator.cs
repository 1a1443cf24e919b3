using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Brings the app model to life: what Aspire's events and waits mean, told to dcp, and what dcp reports, told to those who watch.
/// </summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    DcpServer dcp,
    EndpointAllocator endpoints,
    ProcessSpecificationBuilder specifications,
    ProcessSnapshots snapshots,
    ResourceUrls urls,
    ParameterProcessor parameters,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ILogger<ApplicationOrchestrator> logger) : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, ResourceProcess> _processes = new(ResourceName.Comparer);
    private readonly HashSet<IResource> _connectionStringPublished = [];
    private readonly CancellationTokenSource _starting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _background = [];

    /// <summary>Starts all resources and returns when those that wait for others have been started too, or have failed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _starting.Token);
        var dcpStarted = dcp.StartAsync(running.Token);
        ResourceInstances.Ensure(model.Resources);
        foreach (var resource in model.Resources.Where(r => r.HasProcess()))
        {
            foreach (var instance in resource.Annotations.OfType<ResourceInstancesAnnotation>().Last().Instances)
            {
                _processes[instance.Id] = new ResourceProcess(resource, instance);
            }
        }

        eventing.Subscribe<BeforeResourceStartedEvent>(WaitForDependenciesAsync);
        eventing.Subscribe<ConnectionStringAvailableEvent>(PublishConnectionStringAsync);
        await parameters.InitializeAsync(running.Token);
        await InitializeResourcesAsync(running.Token);

        await dcpStarted;
        Watch<DcpService>(endpoints.OnService);
        Watch<DcpEndpoint>(OnEndpoint);
        Watch<DcpExecutable>(OnExecutable);
        _background.AddRange(_processes.Values.Select(p => Task.Run(() => WorkOffReportsAsync(p))));
        await endpoints.AllocateAsync(running.Token);
        foreach (var resource in model.Resources.Where(r => r.HasProcess()).ToArray())
        {
            await urls.ProcessAsync(resource, running.Token);
            await notifications.PublishUpdateAsync(resource, s => s with { Urls = snapshots.Urls(resource, "", s.State?.Text) });
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), running.Token);
        }

        await Task.WhenAll(_processes.Values.GroupBy(p => p.Resource).Select(g => Task.Run(() => StartAsync(g.Key, [.. g], running.Token), running.Token)));
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), running.Token);
    }

    /// <summary>Starts one instance; one that waits for others stops waiting.</summary>
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

        await process.Gate.WaitAsync(cancellationToken);
        try
        {
            if (process.IsCreated)
            {
                if (process.IsRunning)
                {
                    throw new InvalidOperationException($"Resource '{id}' has already been started.");
                }

                await DeleteAsync(process, cancellationToken);
            }

            lock (_connectionStringPublished)
            {
                _connectionStringPublished.Remove(process.Resource);
            }

            await StartAsync(process.Resource, [process], process.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await FailAsync(process.Resource, [process], exception);
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
            if (!process.IsRunning)
            {
                return;
            }

            await notifications.PublishUpdateAsync(process.Resource, process.Id, s => s with { State = KnownResourceStates.Stopping });
            await dcp.Client.StopExecutableAsync(process.Id, cancellationToken);
            await process.Ended.Task.WaitAsync(StopTimeout, cancellationToken);
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

    /// <summary>Stops everything: first the application, while the proxies and the dashboard are still there to take its last telemetry, then those.</summary>
    public async Task StopAllAsync(CancellationToken cancellationToken)
    {
        await _starting.CancelAsync();
        if (!_stopping.IsCancellationRequested)
        {
            await Task.WhenAll(_processes.Values.Where(p => p.IsRunning && p.Resource.Name != DashboardResource.Name).Select(p => StopForGoodAsync(p, cancellationToken)));
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_background).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await dcp.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync(CancellationToken.None);
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _starting.Dispose();
        _stopping.Dispose();
    }

    private async Task StopForGoodAsync(ResourceProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await dcp.Client.StopExecutableAsync(process.Id, cancellationToken);
            await process.Ended.Task.WaitAsync(StopTimeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or HttpRequestException)
        {
            logger.LogDebug(exception, "Resource {ResourceId} did not stop by itself.", process.Id);
        }
    }

    private ResourceProcess Find(string id) => _processes.TryGetValue(id, out var process) ? process : throw new InvalidOperationException($"Resource '{id}' not found.");

    private async Task InitializeResourcesAsync(CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources.ToArray())
        {
            var parent = (resource as IResourceWithParent)?.Parent
                ?? resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(r => r.Type == KnownRelationshipTypes.Parent)?.Resource;
            await notifications.PublishUpdateAsync(resource, s =>
            {
                s = s with { Relationships = ResourceNotificationService.Relationships(resource), HealthReports = NoReportsYet(resource) };
                return parent is null ? s : s.WithProperty(new(KnownProperties.ParentName, parent.InstanceIds()[0]));
            });
            await eventing.PublishAsync(
                new InitializeResourceEvent(resource, eventing, loggers, notifications, services), EventDispatchBehavior.NonBlockingConcurrent, cancellationToken);
        }
    }

    private static ImmutableArray<HealthReportSnapshot> NoReportsYet(IResource resource) =>
        [.. resource.AnnotationsIncludingAncestors<HealthCheckAnnotation>().DistinctBy(c => c.Key).Select(c => new HealthReportSnapshot(c.Key, null, null, null))];

    /// <summary>The first start of all instances of a resource.</summary>
    private async Task StartAsync(IResource resource, ResourceProcess[] processes, CancellationToken cancellationToken)
    {
        foreach (var process in processes)
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

            await StartAsync(resource, processes, processes.Length == 1 ? processes[0].Id : null, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await FailAsync(resource, processes, exception);
        }
        finally
        {
            Array.ForEach(processes, p => p.Gate.Release());
        }
    }

    private async Task StartAsync(IResource resource, ResourceProcess[] processes, string? id, CancellationToken cancellationToken)
    {
        await PublishConnectionStringAvailableAsync(resource, cancellationToken);
        foreach (var process in processes)
        {
            await notifications.PublishUpdateAsync(resource, process.Id, s => s with
            {
                State = KnownResourceStates.Starting,
                ExitCode = null,
                StopTimeStamp = null,
                HealthReports = NoReportsYet(resource),
                StartedAt = Stopwatch.GetTimestamp(),
            });
        }

        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services) { ResourceId = id }, cancellationToken);
        var specification = await specifications.BuildAsync(resource, cancellationToken);
        foreach (var process in processes)
        {
            await notifications.PublishUpdateAsync(resource, process.Id, s => s.State?.Text == KnownResourceStates.Waiting ? s with { State = KnownResourceStates.Starting } : s);
            process.Specification = specification;
            await dcp.Client.CreateAsync(ProcessSpecificationBuilder.ToExecutable(specification, resource, process.Instance), cancellationToken);
            process.IsCreated = true;
        }
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

    private async Task FailAsync(IResource resource, ResourceProcess[] processes, Exception exception)
    {
        foreach (var process in processes)
        {
            var log = loggers.GetLogger(process.Id);
            if (exception is DistributedApplicationException)
            {
                log.LogError("Failed to start resource {ResourceName}: {Message}", resource.Name, exception.Message);
            }
            else
            {
                log.LogError(exception, "Failed to start resource {ResourceName}", resource.Name);
            }

            await notifications.PublishUpdateAsync(resource, process.Id, s => s with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error) });
        }
    }

    /// <summary>Holds a start back until the resource's dependencies are there, or somebody starts it regardless.</summary>
    private async Task WaitForDependenciesAsync(BeforeResourceStartedEvent e, CancellationToken cancellationToken)
    {
        if (!e.Resource.HasAnnotationOfType<WaitAnnotation>())
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new HashSet<string>();
        var startedRegardless = notifications.WaitForResourceAsync(e.Resource.Name, HasLeftWaiting, either.Token);
        try
        {
            await await Task.WhenAny(notifications.WaitForDependenciesAsync(e.Resource, either.Token), startedRegardless);
        }
        finally
        {
            await either.CancelAsync();
        }

        bool HasLeftWaiting(ResourceEvent update)
        {
            if (update.Snapshot.State?.Text == KnownResourceStates.Waiting)
            {
                waiting.Add(update.ResourceId);
                return false;
            }

            return waiting.Contains(update.ResourceId) && (e.ResourceId is null || e.ResourceId == update.ResourceId);
        }
    }

    private async Task PublishConnectionStringAvailableAsync(IResource resource, CancellationToken cancellationToken)
    {
        lock (_connectionStringPublished)
        {
            if (!_connectionStringPublished.Add(resource))
            {
                return;
            }
        }

        foreach (var each in WithChildren(resource).OfType<IResourceWithConnectionString>())
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(each, services), cancellationToken);
        }
    }

    private async Task PublishConnectionStringAsync(ConnectionStringAvailableEvent e, CancellationToken cancellationToken)
    {
        if (e.Resource is IResourceWithConnectionString resource)
        {
            var value = await resource.GetConnectionStringAsync(cancellationToken);
            await notifications.PublishUpdateAsync(resource, s => s.WithProperty(new(KnownProperties.ConnectionString, value) { IsSensitive = true }));
        }
    }

    /// <summary>A resource and those that share its lifetime.</summary>
    private IEnumerable<IResource> WithChildren(IResource resource) =>
        model.Resources.Where(r => r is IResourceWithParent child && child.Parent == resource && !r.HasOwnLifetime()).SelectMany(WithChildren).Prepend(resource);

    private void Watch<T>(Action<DcpWatchEvent<T>> handle)
        where T : IDcpObject => _background.Add(Task.Run(async () =>
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
                logger.LogDebug(exception, "The watch of {Kind} objects was interrupted and is made anew.", T.Kind);
                await Task.Delay(100, _stopping.Token);
            }
        }
    }));

    private void OnExecutable(DcpWatchEvent<DcpExecutable> change)
    {
        if (!change.IsDeletion && _processes.TryGetValue(change.Object.Metadata.Name, out var process))
        {
            process.Reports.Writer.TryWrite(change.Object);
        }
    }

    private void OnEndpoint(DcpWatchEvent<DcpEndpoint> change)
    {
        if (endpoints.OnEndpoint(change) is { } id && _processes.TryGetValue(id, out var process))
        {
            _ = notifications.PublishUpdateAsync(process.Resource, id, s => s with { Urls = snapshots.Urls(process.Resource, id, s.State?.Text) });
        }
    }

    private async Task WorkOffReportsAsync(ResourceProcess process)
    {
        await foreach (var report in process.Reports.Reader.ReadAllAsync(_stopping.Token))
        {
            try
            {
                await WorkOffAsync(process, report);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "A report about resource {ResourceId} could not be worked off.", process.Id);
            }
        }
    }

    private async Task WorkOffAsync(ResourceProcess process, DcpExecutable report)
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
            // Whoever sees that a process has ended finds all that it has said.
            await process.Logs!.CompleteAsync(_stopping.Token);
        }

        await notifications.PublishUpdateAsync(process.Resource, process.Id, s => snapshots.Update(s, process.Resource, report, process.Specification));
        if (ended)
        {
            process.Ended.TrySetResult();
            if (notifications.TryGetCurrentState(process.Id, out var current))
            {
                foreach (var resource in WithChildren(process.Resource))
                {
                    await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, current), _stopping.Token);
                }
            }
        }
    }
}
