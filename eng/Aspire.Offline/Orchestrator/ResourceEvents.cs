using System.Collections.Immutable;
using System.Diagnostics;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Publishes the events and state changes of a resource's life.</summary>
internal sealed class ResourceEvents(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    /// <summary>Publishes the first snapshot of a resource.</summary>
    public async Task InitializeAsync(IResource resource)
    {
        var relationships = resource.Annotations.OfType<ResourceRelationshipAnnotation>();
        var parent = (resource as IResourceWithParent)?.Parent
            ?? relationships.LastOrDefault(r => r.Type == KnownRelationshipTypes.Parent)?.Resource;
        await notifications.PublishUpdateAsync(resource, s =>
        {
            s = s with { Relationships = ResourceNotificationService.Relationships(resource), HealthReports = PendingReports(resource) };
            return parent is null ? s : s.WithProperty(new(KnownProperties.ParentName, parent.InstanceIds()[0]));
        });
    }

    /// <summary>Publishes that instances of a resource start, and waits for the subscribers and the resource's dependencies.</summary>
    public async Task StartingAsync(IResource resource, IReadOnlyList<ResourceProcess> processes, CancellationToken cancellationToken)
    {
        foreach (var each in WithChildren(resource).OfType<IResourceWithConnectionString>())
        {
            var value = await each.GetConnectionStringAsync(cancellationToken);
            var property = new ResourcePropertySnapshot(KnownProperties.ConnectionString, value) { IsSensitive = true };
            await notifications.PublishUpdateAsync(each, s => s.WithProperty(property));
        }

        foreach (var process in processes)
        {
            await notifications.PublishUpdateAsync(resource, process.Id, s => s with
            {
                State = KnownResourceStates.Starting,
                ExitCode = null,
                StopTimeStamp = null,
                HealthReports = PendingReports(resource),
                StartedAt = Stopwatch.GetTimestamp(),
            });
        }

        var id = processes.Count == 1 ? processes[0].Id : null;
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services) { ResourceId = id }, cancellationToken);
        foreach (var process in processes)
        {
            await notifications.PublishUpdateAsync(resource, process.Id, s => s with { State = KnownResourceStates.Starting });
        }
    }

    /// <summary>Publishes that instances of a resource could not be started.</summary>
    public async Task FailedAsync(IResource resource, IReadOnlyList<ResourceProcess> processes, Exception exception)
    {
        var state = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error);
        foreach (var process in processes)
        {
            // An expected error needs no stack trace.
            loggers.GetLogger(process.Id).LogError(
                exception is DistributedApplicationException ? null : exception,
                "Failed to start resource {ResourceName}: {Message}",
                resource.Name,
                exception.Message);
            await notifications.PublishUpdateAsync(resource, process.Id, s => s with { State = state });
        }
    }

    /// <summary>Publishes that an instance of a resource has ended.</summary>
    public async Task StoppedAsync(ResourceProcess process, CancellationToken cancellationToken)
    {
        if (notifications.TryGetCurrentState(process.Id, out var current))
        {
            foreach (var resource in WithChildren(process.Resource))
            {
                await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, current), cancellationToken);
            }
        }
    }

    /// <summary>Holds a start back until the dependencies of the resource are available, or a start command releases it.</summary>
    public async Task WaitForDependenciesAsync(BeforeResourceStartedEvent e, CancellationToken cancellationToken)
    {
        if (!e.Resource.HasAnnotationOfType<WaitAnnotation>())
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new HashSet<string>();
        var released = notifications.WaitForResourceAsync(e.Resource.Name, IsReleased, either.Token);
        try
        {
            await await Task.WhenAny(notifications.WaitForDependenciesAsync(e.Resource, either.Token), released);
        }
        finally
        {
            await either.CancelAsync();
        }

        bool IsReleased(ResourceEvent update)
        {
            if (update.Snapshot.State?.Text == KnownResourceStates.Waiting)
            {
                waiting.Add(update.ResourceId);
                return false;
            }

            return waiting.Contains(update.ResourceId) && (e.ResourceId is null || e.ResourceId == update.ResourceId);
        }
    }

    /// <summary>The health checks of a resource, none of which has run.</summary>
    private static ImmutableArray<HealthReportSnapshot> PendingReports(IResource resource) =>
    [
        .. resource.AnnotationsIncludingAncestors<HealthCheckAnnotation>().DistinctBy(c => c.Key)
            .Select(c => new HealthReportSnapshot(c.Key, null, null, null)),
    ];

    /// <summary>A resource and the children that start and stop with it.</summary>
    private IEnumerable<IResource> WithChildren(IResource resource) => model.Resources
        .Where(r => r is IResourceWithParent child && child.Parent == resource && !r.HasOwnLifetime())
        .SelectMany(WithChildren).Prepend(resource);
}
