using Cruddur.Api.Health;
using Cruddur.Data.Notifications;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cruddur.UnitTests.Api;

public sealed class HealthCheckTests
{
    private bool _isAvailable;

    [Fact]
    public async Task Postgres_is_required_until_it_has_answered_once()
    {
        var check = new PostgresHealthCheck(PingAsync, NullLogger<PostgresHealthCheck>.Instance);

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(check));
        _isAvailable = true;
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(check));
        _isAvailable = false;
        Assert.Equal(HealthStatus.Degraded, await StatusAsync(check));
    }

    [Fact]
    public async Task Without_notifications_the_API_is_degraded()
    {
        await using var dataSource = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");
        using var listener = new NotificationListener(dataSource, [], TimeProvider.System, NullLogger<NotificationListener>.Instance);

        Assert.Equal(HealthStatus.Degraded, await StatusAsync(new NotificationsHealthCheck(listener)));
    }

    [Fact]
    public async Task DynamoDB_is_always_required()
    {
        var check = new DynamoDbHealthCheck(PingAsync, NullLogger<DynamoDbHealthCheck>.Instance);

        _isAvailable = true;
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(check));
        _isAvailable = false;
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(check));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_unavailable()
    {
        var check = new DynamoDbHealthCheck(HangAsync, NullLogger<DynamoDbHealthCheck>.Instance);
        var status = await StatusAsync(check).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Unhealthy, status);
    }

    [Fact]
    public async Task A_probe_that_is_cancelled_says_nothing_about_the_server()
    {
        var check = new DynamoDbHealthCheck(HangAsync, NullLogger<DynamoDbHealthCheck>.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check.CheckHealthAsync(new(), new(canceled: true)));
    }

    private static async Task<HealthStatus> StatusAsync(IHealthCheck check) =>
        (await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status;

    private static Task HangAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    private Task PingAsync(CancellationToken cancellationToken) =>
        _isAvailable ? Task.CompletedTask : Task.FromException(new TimeoutException());
}
