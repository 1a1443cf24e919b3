using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppModelTests;

/// <summary>When a resource counts as healthy, and what follows from it.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_resource_without_checks_is_healthy_while_it_runs()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server");
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.Equal(HealthStatus.Healthy, (await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token)).Snapshot.HealthStatus);
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

        var bad = await app.ResourceNotifications.WaitForResourceAsync("bad", e => e.Snapshot.HealthReports is [{ Status: HealthStatus.Unhealthy }], Limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, bad.Snapshot.HealthStatus);
    }

    [Fact]
    public async Task All_checks_must_succeed()
    {
        var builder = Sample.NewBuilder();
        builder.AddHealthSwitch("one").IsOn = true;
        var two = builder.AddHealthSwitch("two");
        builder.AddServer("server").WithHealthCheck("one").WithHealthCheck("two");
        await using var app = await builder.StartAsync(Limit.Token);

        var half = await app.ResourceNotifications.WaitForResourceAsync("server", e => e.Snapshot.HealthReports.Any(r => r.Status is HealthStatus.Healthy), Limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, half.Snapshot.HealthStatus);
        Assert.Contains(half.Snapshot.HealthReports, r => r is { Name: "two", Description: "off" });

        two.IsOn = true;
        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
    }

    [Fact]
    public async Task A_resource_is_ready_once_however_often_it_is_checked()
    {
        var builder = Sample.NewBuilder();
        builder.AddHealthSwitch("check").IsOn = true;
        var ready = 0;
        builder.AddServer("server").WithHealthCheck("check").OnResourceReady(async (_, _, cancellationToken) =>
        {
            await Task.Delay(500, cancellationToken);
            Interlocked.Increment(ref ready);
        });
        await using var app = await builder.StartAsync(Limit.Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
        Assert.Equal(1, ready);
        await Task.Delay(1_000, Limit.Token);
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

        var next = await app.ResourceNotifications.WaitForResourceAsync("server", e => e.Snapshot.HealthReports[0].LastRunAt > changed, Limit.Token);
        Assert.True(next.Snapshot.HealthReports[0].LastRunAt < changed.AddSeconds(4), $"{next.Snapshot.HealthReports[0].LastRunAt - changed}");
    }

    [Fact]
    public void The_same_check_is_not_added_twice()
    {
        var builder = Sample.NewBuilder();
        var server = builder.AddServer("server").WithHealthCheck("check");

        Assert.Throws<DistributedApplicationException>(() => server.WithHealthCheck("check"));
    }

    [Fact]
    public async Task A_check_that_nobody_registered_ends_the_start()
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
