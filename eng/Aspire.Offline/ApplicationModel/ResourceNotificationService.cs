using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the latest snapshot of every resource instance, and tells those who watch or wait.</summary>
public partial class ResourceNotificationService(
    ILogger<ResourceNotificationService> logger,
    IServiceProvider serviceProvider,
    ResourceLoggerService resourceLoggerService) : IDisposable
{
    private readonly ConcurrentDictionary<string, InstanceState> _states = new(ResourceName.Comparer);
    private readonly Lock _watchersLock = new();
    private ImmutableArray<Channel<ResourceEvent>> _watchers = [];

    private WaitBehavior DefaultWaitBehavior => serviceProvider.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior;

    /// <summary>The latest snapshot of an instance, found by its id or, where there is only one, by the resource's name.</summary>
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

    /// <summary>The latest event of every instance, then each that follows.</summary>
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
            foreach (var state in _states.Values)
            {
                if (state.Latest is { } latest)
                {
                    seen[latest.ResourceId] = latest.Snapshot.Version;
                    yield return latest;
                }
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

    /// <summary>Replaces the snapshot of one instance. Nobody is told where it is the same as before.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var state = _states.GetOrAdd(resourceId, _ => new InstanceState(resource));
        if (state.Resource != resource)
        {
            throw new InvalidOperationException($"Resource instance doesn't match resource previously registered with specified resource id '{resourceId}'.");
        }

        lock (state)
        {
            var next = stateFactory(state.Latest?.Snapshot ?? InitialSnapshot(resource));
            next = next.State?.Text == KnownResourceStates.Waiting ? next : next.WithoutProperty(KnownProperties.WaitingFor);
            next = WithIcon(resource, WithVisibility(resource, next with { Commands = Commands(resource, next) }));
            if (state.Latest?.Snapshot is { } current && current.ContentEquals(next))
            {
                return Task.CompletedTask;
            }

            if (logger.IsEnabled(LogLevel.Debug) && state.Latest?.Snapshot.State?.Text != next.State?.Text)
            {
                logger.LogDebug("Resource {ResourceId} changed state: {PreviousState} -> {NewState}", resourceId, state.Latest?.Snapshot.State?.Text, next.State?.Text);
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
        var annotated = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        return resource is IResourceWithParent child
            ? [new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent), .. annotated]
            : [.. annotated];
    }

    private static CustomResourceSnapshot InitialSnapshot(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.ResourceType(), Properties = [], Relationships = Relationships(resource) };

    private static CustomResourceSnapshot WithIcon(IResource resource, CustomResourceSnapshot snapshot) =>
        resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon)
            ? snapshot with { IconName = snapshot.IconName ?? icon.IconName, IconVariant = snapshot.IconVariant ?? icon.IconVariant }
            : snapshot;

    private static CustomResourceSnapshot WithVisibility(IResource resource, CustomResourceSnapshot snapshot) =>
        resource.HasAnnotationOfType<HiddenAnnotation>() ? snapshot with { IsHidden = true } : snapshot;

    private ImmutableArray<ResourceCommandSnapshot> Commands(IResource resource, CustomResourceSnapshot snapshot)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = serviceProvider };
        var annotated = resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => new ResourceCommandSnapshot(
            c.Name, c.UpdateState(context), c.DisplayName, c.DisplayDescription, c.ConfirmationMessage, c.IconName, c.IconVariant, c.IsHighlighted)
        {
            Visibility = c.Visibility,
        }).ToArray();
        return [.. snapshot.Commands.Where(c => !annotated.Any(a => a.Name == c.Name)), .. annotated];
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
    /// <summary>What a wait does when its dependency fails and the wait itself does not say.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
