using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppModelTests;

/// <summary>Waits for dependencies, without the dashboard.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task A_waiter_starts_once_its_dependency_is_healthy()
    {
        var builder = Sample.NewBuilder();
        var health = builder.AddHealthSwitch("switch");
        var server = builder.AddServer("server").WithHealthCheck("switch");
        builder.AddServer("waiter").WaitFor(server);
        await using var app = await builder.BuildAsync(Limit.Token);
        var started = app.StartAsync(Limit.Token);

        await app.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);
        var waiting = await app.WaitForStateAsync("waiter", KnownResourceStates.Waiting, Limit.Token);
        await app.WaitForNextCheckAsync("server", Limit.Token);
        Assert.Equal(KnownResourceStates.Waiting, State(app, "waiter"));
        Assert.Contains(waiting.Relationships, r => r is { ResourceName: "server", Type: "WaitFor" });

        health.IsOn = true;
        await app.WaitForStateAsync("waiter", KnownResourceStates.Running, Limit.Token);
        await started;
    }

    [Fact]
    public async Task A_waiter_starts_once_its_dependency_has_ended_as_expected()
    {
        var builder = Sample.NewBuilder();
        var job = builder.AddScript("job", "setTimeout(() => process.exit(7), 3000)");
        builder.AddServer("waiter").WaitForCompletion(job, exitCode: 7);
        await using var app = await builder.StartAsync(Limit.Token);

        // The time stamps of the orchestrator are whole seconds.
        var running = await app.WaitForStateAsync("waiter", KnownResourceStates.Running, Limit.Token);
        var ended = await app.WaitForEndAsync("job", Limit.Token);
        Assert.Equal(7, ended.ExitCode);
        Assert.True(
            running.StartTimeStamp > ended.StopTimeStamp - TimeSpan.FromSeconds(1),
            $"{running.StartTimeStamp:O} is before {ended.StopTimeStamp:O}");
    }

    [Fact]
    public async Task A_waiter_fails_when_its_dependency_ends_with_another_exit_code()
    {
        var builder = Sample.NewBuilder();
        var job = builder.AddScript("job", "process.exit(3)");
        builder.AddServer("waiter").WaitForCompletion(job);
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("waiter", KnownResourceStates.FailedToStart, Limit.Token);
        Assert.Contains(await ErrorsAsync(app, "waiter"), l => l.Contains("with exit code '3', expected '0'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_waiter_fails_when_its_dependency_cannot_start_and_says_why()
    {
        var builder = Sample.NewBuilder();
        var broken = builder.AddExecutable("broken", "/there/is/no/such/program", ".");
        var waiter = builder.AddServer("waiter").WaitFor(broken);
        builder.AddServer("next").WaitFor(waiter);
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("next", KnownResourceStates.FailedToStart, Limit.Token);
        Assert.Contains(await ErrorsAsync(app, "waiter"), l => l.Contains("'broken' because it failed to start", StringComparison.Ordinal));
        Assert.Contains(await ErrorsAsync(app, "next"), l => l.Contains("'waiter' because it failed to start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_waiter_keeps_waiting_when_its_dependency_ends_before_it_is_healthy()
    {
        var builder = Sample.NewBuilder();
        var job = builder.AddScript("job", "setTimeout(() => process.exit(0), 3000)");
        builder.AddServer("waiter").WaitFor(job);
        builder.AddHealthSwitch("never");
        job.WithHealthCheck("never");
        await using var app = await builder.BuildAsync(Limit.Token);
        _ = app.StartAsync(Limit.Token);

        await app.WaitForStateAsync("job", KnownResourceStates.Running, Limit.Token);
        await app.WaitForEndAsync("job", Limit.Token);
        Assert.Equal(KnownResourceStates.Waiting, State(app, "waiter"));
    }

    [Fact]
    public async Task Waiting_for_a_child_means_waiting_for_its_parent()
    {
        var builder = Sample.NewBuilder();
        var health = builder.AddHealthSwitch("switch");
        var server = builder.AddServer("server").WithHealthCheck("switch");
        var database = builder.AddResource(new Database("database", server.Resource)).WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = "Database",
            Properties = [],
            State = KnownResourceStates.NotStarted,
        });
        server.OnResourceReady((_, e, _) => e.Services.GetRequiredService<ResourceNotificationService>()
            .PublishUpdateAsync(database.Resource, s => s with { State = KnownResourceStates.Running }));
        builder.AddServer("waiter").WaitFor(database);
        await using var app = await builder.BuildAsync(Limit.Token);
        var started = app.StartAsync(Limit.Token);
        await app.WaitForStateAsync("waiter", KnownResourceStates.Waiting, Limit.Token);

        health.IsOn = true;

        await app.WaitForStateAsync("waiter", KnownResourceStates.Running, Limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("database", Limit.Token);
        await started;
    }

    [Fact]
    public void Nothing_waits_for_itself_or_its_parent()
    {
        var builder = Sample.NewBuilder();
        var server = builder.AddServer("server");
        var child = builder.AddResource(new Child("child", server.Resource));

        var itself = Assert.Throws<DistributedApplicationException>(() => server.WaitFor(server));
        Assert.Contains("cannot wait for itself", itself.Message, StringComparison.Ordinal);
        var parent = Assert.Throws<DistributedApplicationException>(() => child.WaitFor(server));
        Assert.Contains("cannot wait for its parent", parent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_wait_describes_the_resource()
    {
        var builder = Sample.NewBuilder();
        builder.AddHealthSwitch("never");
        builder.AddServer("server").WithHealthCheck("never");
        await using var app = await builder.StartAsync(Limit.Token);
        await app.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("server", timeout.Token));

        Assert.Contains("server", cancelled.Message, StringComparison.Ordinal);
        Assert.Contains("never", cancelled.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_that_does_not_exist_is_not_waited_for()
    {
        var builder = Sample.NewBuilder();
        await using var app = await builder.StartAsync(Limit.Token);

        await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("missing", WaitBehavior.StopOnResourceUnavailable, Limit.Token));
    }

    private static async Task<IEnumerable<string>> ErrorsAsync(DistributedApplication app, string resource) =>
        (await app.LinesAsync(resource, Limit.Token)).Where(l => l.IsError).Select(l => l.Text);

    private static string? State(DistributedApplication app, string resource) =>
        app.ResourceNotifications.TryGetCurrentState(resource, out var current) ? current.Snapshot.State?.Text : null;

    private sealed class Database(string name, IResource parent) : Resource(name), IResourceWithParent<IResource>
    {
        public IResource Parent => parent;
    }

    private sealed class Child(string name, IResource parent) : Resource(name), IResourceWithParent<IResource>, IResourceWithWaitSupport
    {
        public IResource Parent => parent;
    }
}
