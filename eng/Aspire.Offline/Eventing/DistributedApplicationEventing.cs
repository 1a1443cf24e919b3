using System.Collections.Concurrent;

namespace Aspire.Hosting.Eventing;

/// <summary>An event of the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>An event of one resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    IResource Resource { get; }

    IServiceProvider Services { get; }

    /// <summary>Writes to the resource's log, which the dashboard shows.</summary>
    ILogger Logger => Services.GetRequiredService<ResourceLoggerService>().GetLogger(Resource);
}

/// <summary>Publishes events to subscribers.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Calls back for every event of a type.</summary>
    void Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Calls back for every event of a type about one resource.</summary>
    void Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Calls the subscribers in the order of their subscription, each when the one before it has completed.</summary>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

internal sealed class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, List<Func<IDistributedApplicationEvent, CancellationToken, Task>>> _subscriptions = new();

    public void Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
    {
        var callbacks = _subscriptions.GetOrAdd(typeof(T), _ => []);
        lock (callbacks)
        {
            callbacks.Add((e, ct) => callback((T)e, ct));
        }
    }

    public void Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        Subscribe<T>((e, ct) => e.Resource == resource ? callback(e, ct) : Task.CompletedTask);

    public async Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        Func<IDistributedApplicationEvent, CancellationToken, Task>[] callbacks = [];
        if (_subscriptions.TryGetValue(typeof(T), out var subscribed))
        {
            lock (subscribed)
            {
                callbacks = [.. subscribed];
            }
        }

        foreach (var callback in callbacks)
        {
            await callback(@event, cancellationToken);
        }
    }
}
