using Cruddur.Data.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Cruddur.UnitTests.Data;

public sealed class RestartingServiceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A rotated password, a failover to a read-only server, a missing grant, a fault of ours, a cancelled call.</summary>
    public static TheoryData<Exception> Failures =>
    [
        new PostgresException("password authentication failed", "FATAL", "FATAL", PostgresErrorCodes.InvalidPassword),
        new PostgresException("cannot execute in a read-only transaction", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction),
        new PostgresException("permission denied", "ERROR", "ERROR", PostgresErrorCodes.InsufficientPrivilege),
        new InvalidOperationException("A fault of ours"),
        new OperationCanceledException(),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_logged_and_the_work_starts_again(Exception failure)
    {
        var again = new TaskCompletionSource();
        var runs = 0;
        using var host = NewHost(stoppingToken =>
        {
            if (++runs == 1)
            {
                throw failure;
            }

            again.TrySetResult();
            return Task.Delay(Timeout.Infinite, stoppingToken);
        });
        await host.StartAsync(Cancelled);
        var start = TimeProvider.System.GetTimestamp();
        while (!again.Task.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Limit, "The work did not start again.");
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(again.Task, Task.Delay(1, Cancelled));
        }

        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        await host.StopAsync(Cancelled);
        var warning = Assert.Single(host.Services.GetFakeLogCollector().GetSnapshot(), log => log.Level >= LogLevel.Warning);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(failure.GetType().Name, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_fails_to_start_logs_no_failure_of_the_service()
    {
        var started = new TaskCompletionSource();
        var host = NewHost(
            stoppingToken =>
            {
                started.SetResult();
                return Task.Delay(Timeout.Infinite, stoppingToken);
            },
            services => services.AddHostedService(_ => new FailingServer(started.Task)));
        await Assert.ThrowsAsync<IOException>(() => host.StartAsync(Cancelled));
        var service = host.Services.GetServices<IHostedService>().OfType<Service>().Single();
        var logs = host.Services.GetFakeLogCollector();
        host.Dispose();

        await service.ExecuteTask!.WaitAsync(Limit, Cancelled);
        Assert.DoesNotContain(logs.GetSnapshot(), log => log.Level is LogLevel.Critical || log.Exception is OperationCanceledException);
    }

    private IHost NewHost(Func<CancellationToken, Task> run, Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddFakeLogging();
        builder.Services.AddHostedService(services => new Service(run, _clock, services.GetRequiredService<ILogger<Service>>()));
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class Service(Func<CancellationToken, Task> run, TimeProvider clock, ILogger<Service> logger)
        : RestartingService(clock, logger)
    {
        protected override Task RunAsync(CancellationToken stoppingToken) => run(stoppingToken);
    }

    /// <summary>Fails to start, as Kestrel does when its port is in use.</summary>
    private sealed class FailingServer(Task beforehand) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await beforehand.WaitAsync(Limit, cancellationToken);
            throw new IOException("address already in use");
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
