using System.Collections.Concurrent;

namespace Cruddur.AppModelTests;

/// <summary>The events of an application and their order.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_resource_goes_through_its_events_in_order()
    {
        var builder = Sample.NewBuilder();
        var (seen, all) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        builder.AddScript("server", "setTimeout(() => process.exit(0), 3000)")
            .WithHttpEndpoint(env: "PORT")
            .OnBeforeResourceStarted((resource, _, _) => Note($"before start {resource.GetEndpoint("http").IsAllocated}"))
            .OnResourceReady((_, _, _) => Note("ready"))
            .OnResourceStopped((_, e, _) => Note($"stopped {e.ResourceEvent.Snapshot.ExitCode}"));
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => Note("application"));
        await using var app = await builder.StartAsync(Limit.Token);
        await all.Task.WaitAsync(Limit.Token);

        Assert.Equal(["application", "before start True", "ready", "stopped 0"], seen.Order());
        var order = seen.ToList();
        Assert.Equal("application", order[0]);
        Assert.True(order.IndexOf("before start True") < order.IndexOf("ready"));
        Assert.True(order.IndexOf("ready") < order.IndexOf("stopped 0"));

        Task Note(string what)
        {
            seen.Enqueue(what);
            if (seen.Count == 4)
            {
                all.SetResult();
            }

            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_error_of_a_subscriber_fails_the_start()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").OnBeforeResourceStarted((_, _, _) => throw new InvalidOperationException("not today"));
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("server", KnownResourceStates.FailedToStart, Limit.Token);
        Assert.Contains(await app.LinesAsync("server", Limit.Token), l => l.IsError && l.Text.Contains("server", StringComparison.Ordinal));
    }
}
