using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppModelTests;

/// <summary>The health of resources, and the ready event.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_resource_without_checks_is_healthy_while_it_runs()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server");
        await using var app = await builder.StartAsync(Limit.Token);

        var server = await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
        Assert.Equal(HealthStatus.Healthy, server.Snapshot.HealthStatus);
    }

    [Fact]
    public async Task An_http_check_waits_for_the_expected_answer()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("good").WithHttpHealthCheck("/?status=400", statusCode: 400);
        builder.AddServer("bad").WithHttpHealthCheck("/?status=503");
        await using var app = await builder.StartAsync(Limit.Token);

        var good = await app.ResourceNotifications.WaitForResourceHealthyAsync("good", Limit.Token);
        Assert.Equal("good_http_/?status=400_400_check", Assert.Single(good.Snapshot.HealthReports).Name);

        var bad = await app.WaitForAsync("bad", s => s.HealthReports is [{ Status: HealthStatus.Unhealthy }], Limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, bad.HealthStatus);
    }

    [Fact]
    public async Task All_checks_must_succeed()
    {
        var builder = Sample.NewBuilder();
        builder.AddHealthSwitch("one").IsOn = true;
        var two = builder.AddHealthSwitch("two");
        builder.AddServer("server").WithHealthCheck("one").WithHealthCheck("two");
        await using var app = await builder.StartAsync(Limit.Token);

        var half = await app.WaitForAsync("server", s => s.HealthReports.Any(r => r.Status is HealthStatus.Healthy), Limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, half.HealthStatus);
        Assert.Contains(half.HealthReports, r => r is { Name: "two", Description: "off" });

        two.IsOn = true;
        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
    }

    [Fact]
    public async Task A_resource_is_ready_once_however_often_it_is_checked()
    {
        var builder = Sample.NewBuilder();
        builder.AddHealthSwitch("check").IsOn = true;
        var (called, gate, ready) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        builder.AddServer("server").WithHealthCheck("check").OnResourceReady(async (_, _, _) =>
        {
            Interlocked.Increment(ref ready);
            called.TrySetResult();
            await gate.Task;
        });
        await using var app = await builder.StartAsync(Limit.Token);

        var healthy = app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
        await called.Task.WaitAsync(Limit.Token);
        Assert.False(healthy.IsCompleted);
        gate.SetResult();
        var server = (await healthy).Resource;

        await app.ResourceNotifications.PublishUpdateAsync(server, s => s with { State = "Busy" });
        await app.WaitForNextCheckAsync("server", Limit.Token);
        Assert.Equal(1, ready);
    }

    [Fact]
    public async Task A_resource_is_checked_again_when_its_state_changes()
    {
        var builder = Sample.NewBuilder();
        builder.AddHealthSwitch("check").IsOn = true;
        builder.AddServer("server").WithHealthCheck("check");
        await using var app = await builder.StartAsync(Limit.Token);
        var healthy = await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);

        // Without a change the next check is 5 s away, or 30 s on the packages.
        var changed = DateTime.UtcNow;
        await app.ResourceNotifications.PublishUpdateAsync(healthy.Resource, s => s with { State = "Busy" });

        var next = (await app.WaitForAsync("server", s => s.HealthReports[0].LastRunAt > changed, Limit.Token)).HealthReports[0].LastRunAt;
        Assert.True(next < changed.AddSeconds(4), $"{next - changed}");
    }

    [Fact]
    public void The_same_check_is_not_added_twice()
    {
        var builder = Sample.NewBuilder();
        var server = builder.AddServer("server").WithHealthCheck("check");

        Assert.Throws<DistributedApplicationException>(() => server.WithHealthCheck("check"));
    }

    [Fact]
    public async Task An_unregistered_check_fails_the_start()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithHealthCheck("unregistered");

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = await builder.StartAsync(Limit.Token);
        });
    }

    [Fact]
    public void An_http_check_needs_an_http_endpoint()
    {
        var builder = Sample.NewBuilder();
        var tcp = builder.AddExecutable("tcp", "node", ".").WithEndpoint(name: "tcp");

        Assert.Throws<DistributedApplicationException>(() => tcp.WithHttpHealthCheck("/"));
        Assert.Throws<DistributedApplicationException>(() => tcp.WithHttpHealthCheck("/", endpointName: "tcp"));
    }
}
