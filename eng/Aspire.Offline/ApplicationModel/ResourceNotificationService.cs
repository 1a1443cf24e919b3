using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Holds the latest snapshot of every resource instance, and publishes changes to watches and waits.</summary>
public partial class ResourceNotificationService(
    IServiceProvider serviceProvider,
    ResourceLoggerService resourceLoggerService,
    IOptions<ResourceNotificationServiceOptions> options,
    DistributedApplicationModel model) : IDisposable
{
    private readonly ConcurrentDictionary<string, InstanceState> _states = new(ResourceName.Comparer);
    private readonly Lock _watchersLock = new();
    private ImmutableArray<Channel<ResourceEvent>> _watchers = [];

    /// <summary>The latest snapshot of an instance: its id, or the resource's name where there is only one.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (!_states.TryGetValue(resourceId, out var state))
        {
            var sameName = _states.Values.Where(s => ResourceName.Equal(s.Resource.Name, resourceId)).Take(2).ToArray();
            state = sameName.Length == 1 ? sameName[0] : null;
        }

        resourceEvent = state?.Latest;
        return resourceEvent is not null;
    }

    /// <summary>The latest event of every instance, then all that follow.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_watchersLock)
        {
            _watchers = _watchers.Add(channel);
        }

        try
        {
            var seen = new Dictionary<string, long>();
            foreach (var latest in _states.Values.Select(s => s.Latest).OfType<ResourceEvent>())
            {
                seen[latest.ResourceId] = latest.Snapshot.Version;
                yield return latest;
            }

            await foreach (var next in channel.Reader.ReadAllAsync(cancellationToken))
            {
                if (seen.GetValueOrDefault(next.ResourceId) < next.Snapshot.Version)
                {
                    yield return next;
                }
            }
        }
        finally
        {
            lock (_watchersLock)
            {
                _watchers = _watchers.Remove(channel);
            }
        }
    }

    /// <summary>Replaces the snapshot of all instances of a resource.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.InstanceIds())
        {
            await PublishUpdateAsync(resource, id, stateFactory);
        }
    }

    /// <summary>Replaces the snapshot of one instance. Nothing is published where the content is the same.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var state = _states.GetOrAdd(resourceId, _ => new InstanceState(resource));
        lock (state)
        {
            var previous = state.Latest?.Snapshot;
            var next = WithAnnotations(resource, stateFactory(previous ?? InitialSnapshot(resource)));
            if (previous?.ContentEquals(next) is true)
            {
                return Task.CompletedTask;
            }

            state.Latest = new ResourceEvent(resource, resourceId, next with { Version = ++state.Version });
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(state.Latest);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends all watches and waits.</summary>
    public void Dispose()
    {
        lock (_watchersLock)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryComplete();
            }
        }

        GC.SuppressFinalize(this);
    }

    internal static ImmutableArray<RelationshipSnapshot> Relationships(IResource resource)
    {
        var annotated = resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        return resource is IResourceWithParent child
            ? [new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent), .. annotated]
            : [.. annotated];
    }

    private static CustomResourceSnapshot InitialSnapshot(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.ResourceType(), Properties = [] };

    /// <summary>Adds what follows from the annotations of the resource: commands, icon, visibility.</summary>
    private CustomResourceSnapshot WithAnnotations(IResource resource, CustomResourceSnapshot snapshot)
    {
        if (snapshot.State?.Text != KnownResourceStates.Waiting)
        {
            snapshot = snapshot.WithoutProperty(KnownProperties.WaitingFor);
        }

        if (resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
        {
            snapshot = snapshot with { IconName = icon.IconName, IconVariant = icon.IconVariant };
        }

        if (resource.TryGetLastAnnotation<HiddenAnnotation>(out var hidden))
        {
            snapshot = snapshot with { IsHidden = hidden.Applies(snapshot) };
        }

        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = serviceProvider };
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.ToSnapshot(context));
        return snapshot with { Commands = [.. commands] };
    }

    private sealed class InstanceState(IResource resource)
    {
        public IResource Resource => resource;

        public ResourceEvent? Latest { get; set; }

        public long Version { get; set; }
    }
}

/// <summary>Settings of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a wait does when its dependency fails.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
