using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happened to the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happened to one resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    IResource Resource { get; }

    IServiceProvider Services => throw new NotSupportedException($"{GetType().Name} carries no services.");

    /// <summary>Writes to the resource's own log, which the dashboard shows.</summary>
    ILogger Logger => Services.GetRequiredService<ResourceLoggerService>().GetLogger(Resource);
}

/// <summary>Whether the publisher waits for its subscribers, and whether they wait for one another.</summary>
public enum EventDispatchBehavior
{
    BlockingSequential,
    BlockingConcurrent,
    NonBlockingSequential,
    NonBlockingConcurrent,
}

/// <summary>Publishes events to those who subscribed.</summary>
public interface IDistributedApplicationEventing
{
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

/// <summary>One subscriber.</summary>
public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
{
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
}

/// <inheritdoc cref="IDistributedApplicationEventing"/>
public class DistributedApplicationEventing(ILogger? logger = null) : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, List<DistributedApplicationEventSubscription>> _subscriptions = new();

    /// <summary>Where failures of subscribers go whom no publisher waits for.</summary>
    internal ILogger? Logger { get; set; } = logger;

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
    {
        if (typeof(T).IsInterface || typeof(T).IsAbstract)
        {
            throw new ArgumentException($"Cannot subscribe to interface or abstract type '{typeof(T).Name}'. Subscribe to a concrete event type instead.");
        }

        var subscription = new DistributedApplicationEventSubscription((e, ct) => callback((T)e, ct));
        var list = _subscriptions.GetOrAdd(typeof(T), _ => []);
        lock (list)
        {
            list.Add(subscription);
        }

        return subscription;
    }

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        Subscribe<T>((e, ct) => e.Resource == resource ? callback(e, ct) : Task.CompletedTask);

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        foreach (var list in _subscriptions.Values)
        {
            lock (list)
            {
                list.Remove(subscription);
            }
        }
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        if (!_subscriptions.TryGetValue(typeof(T), out var list))
        {
            return Task.CompletedTask;
        }

        DistributedApplicationEventSubscription[] subscribers;
        lock (list)
        {
            subscribers = [.. list];
        }

        return dispatchBehavior switch
        {
            EventDispatchBehavior.BlockingSequential => OneByOne(),
            EventDispatchBehavior.BlockingConcurrent => AllAtOnce(),
            EventDispatchBehavior.NonBlockingSequential => Detach(OneByOne),
            EventDispatchBehavior.NonBlockingConcurrent => Detach(AllAtOnce),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatchBehavior)),
        };

        async Task OneByOne()
        {
            foreach (var subscriber in subscribers)
            {
                await subscriber.Callback(@event, cancellationToken);
            }
        }

        Task AllAtOnce() => Task.WhenAll(subscribers.Select(s => s.Callback(@event, cancellationToken)));

        Task Detach(Func<Task> dispatch)
        {
            _ = Task.Run(
                async () =>
                {
                    try
                    {
                        await dispatch();
                    }
                    catch (Exception exception) when (exception is not OperationCanceledException)
                    {
                        Logger?.LogError(exception, "A subscriber of {Event} failed.", typeof(T).Name);
                    }
                },
                CancellationToken.None);
            return Task.CompletedTask;
        }
    }
}
