using System.Collections.Concurrent;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppModelTests;

/// <summary>What is told to whom, and in which order.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_resource_goes_through_its_events_in_order()
    {
        var builder = Sample.NewBuilder();
        var seen = new ConcurrentQueue<string>();
        var server = builder.AddResource(new Server("server", "node", AppContext.BaseDirectory)).WithArgs("-e", "setTimeout(() => process.exit(0), 3000)")
            .WithHttpEndpoint(env: "PORT")
            .OnInitializeResource((_, _, _) => Note("initialize"))
            .OnResourceEndpointsAllocated((resource, _, _) => Note($"endpoints {resource.GetEndpoint("http").IsAllocated}"))
            .OnConnectionStringAvailable(async (resource, _, cancellationToken) =>
            {
                var value = await ((IResourceWithConnectionString)resource).GetConnectionStringAsync(cancellationToken);
                await Note($"connection string {value == $"tcp://localhost:{resource.GetEndpoint("http").Port}"}");
            })
            .OnBeforeResourceStarted((_, _, _) => Note("before start"))
            .OnResourceReady((_, _, _) => Note("ready"))
            .OnResourceStopped((_, e, _) => Note($"stopped {e.ResourceEvent.Snapshot.ExitCode}"));
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => Note("application"));
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Note("created"));
        await using var app = await builder.StartAsync(Limit.Token);
        var limit = Limit.Token;
        while (seen.Count < 8)
        {
            await Task.Delay(100, limit);
        }

        Assert.Equal(["application", "before start", "connection string True", "created", "endpoints True", "initialize", "ready", "stopped 0"], seen.Order());
        var order = seen.ToList();
        Assert.Equal("application", order[0]);
        Assert.True(order.IndexOf("endpoints True") < order.IndexOf("before start"));
        Assert.True(order.IndexOf("connection string True") < order.IndexOf("ready"));
        Assert.True(order.IndexOf("before start") < order.IndexOf("ready"));
        Assert.True(order.IndexOf("ready") < order.IndexOf("stopped 0"));
        Assert.NotNull(server);

        Task Note(string what)
        {
            seen.Enqueue(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Subscribers_are_asked_one_by_one_or_all_at_once_and_waited_for_or_not()
    {
        var eventing = new DistributedApplicationEventing();
        var gate = new TaskCompletionSource();
        var log = new ConcurrentQueue<string>();
        eventing.Subscribe<Event>(async (_, _) =>
        {
            log.Enqueue("first");
            await gate.Task;
        });
        var second = eventing.Subscribe<Event>((_, _) =>
        {
            log.Enqueue("second");
            return Task.CompletedTask;
        });

        var sequential = eventing.PublishAsync(new Event(), Limit.Token);
        Assert.Equal(["first"], log);
        var concurrent = eventing.PublishAsync(new Event(), EventDispatchBehavior.BlockingConcurrent, Limit.Token);
        Assert.Equal(["first", "first", "second"], log);
        Assert.False(concurrent.IsCompleted);
        await eventing.PublishAsync(new Event(), EventDispatchBehavior.NonBlockingSequential, Limit.Token);

        gate.SetResult();
        await Task.WhenAll(sequential, concurrent);

        // Nobody waits for the third but this test: each subscriber has heard of all three.
        while (log.Count < 6)
        {
            await Task.Delay(10, Limit.Token);
        }

        eventing.Unsubscribe(second);
        log.Clear();
        await eventing.PublishAsync(new Event(), Limit.Token);
        Assert.Equal(["first"], log);
    }

    [Fact]
    public async Task A_service_can_subscribe_before_the_application_starts()
    {
        var builder = Sample.NewBuilder();
        builder.Services.AddSingleton<List<string>>();
        builder.Services.TryAddEventingSubscriber<Subscriber>();
        builder.Services.TryAddEventingSubscriber<Subscriber>();
        builder.AddScript("job", "");
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.Equal(["job"], app.Services.GetRequiredService<List<string>>());
    }

    [Fact]
    public async Task What_fails_before_a_start_fails_the_start()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").OnBeforeResourceStarted((_, _, _) => throw new InvalidOperationException("not today"));
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("server", KnownResourceStates.FailedToStart, Limit.Token);
        Assert.Contains(await app.LinesAsync("server", Limit.Token), l => l.IsError && l.Text.Contains("not today", StringComparison.Ordinal) | l.Text.Contains("server", StringComparison.Ordinal));
    }

    private sealed class Event : IDistributedApplicationEvent;

    private sealed class Subscriber(List<string> seen) : IDistributedApplicationEventingSubscriber
    {
        public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
        {
            eventing.Subscribe<BeforeStartEvent>((e, _) =>
            {
                seen.AddRange(e.Model.Resources.Select(r => r.Name));
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        }
    }

    private sealed class Server(string name, string command, string workingDirectory) : ExecutableResource(name, command, workingDirectory), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"tcp://{this.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}");
    }
}
