using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppModelTests;

/// <summary>With the dashboard on, a resource waits for a failed dependency until it is started again.</summary>
public sealed class RecoveryTests(RecoveryTests.Application application) : IClassFixture<RecoveryTests.Application>
{
    private DistributedApplication App => application.App;

    [Fact]
    public async Task A_waiter_starts_when_its_failed_dependency_is_started_again()
    {
        var ended = await App.WaitForEndAsync("fragile", Limit.Token);
        Assert.Equal(1, ended.ExitCode);
        await App.WaitForStateAsync("waits-for-fragile", KnownResourceStates.Waiting, Limit.Token);

        application.Repair("fragile");
        await StartAsync("fragile");

        await App.WaitForStateAsync("waits-for-fragile", KnownResourceStates.Running, Limit.Token);
    }

    [Fact]
    public async Task A_waiter_starts_when_a_program_that_could_not_start_does()
    {
        await App.WaitForStateAsync("missing", KnownResourceStates.FailedToStart, Limit.Token);
        await App.WaitForStateAsync("waits-for-missing", KnownResourceStates.Waiting, Limit.Token);

        application.Repair("missing");
        await StartAsync("missing");

        await App.WaitForStateAsync("waits-for-missing", KnownResourceStates.Running, Limit.Token);
    }

    [Fact]
    public async Task A_waiter_asks_for_the_health_of_the_current_run()
    {
        await App.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
        application.Health.IsOn = false;
        await App.RunCommandAsync("server", KnownResourceCommands.RestartCommand, Limit.Token);
        await App.WaitForAsync("server", s => s.HealthStatus is HealthStatus.Unhealthy, Limit.Token);

        var started = StartAsync("waits-for-server");
        await App.WaitForStateAsync("waits-for-server", KnownResourceStates.Waiting, Limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, (await App.WaitForNextCheckAsync("server", Limit.Token)).HealthStatus);
        Assert.Equal(KnownResourceStates.Waiting, State("waits-for-server"));

        application.Health.IsOn = true;
        await App.WaitForStateAsync("waits-for-server", KnownResourceStates.Running, Limit.Token);
        await started;
    }

    [Fact]
    public async Task A_failed_one_shot_fails_its_waiters_and_theirs_keep_waiting()
    {
        await App.WaitForStateAsync("waits-for-job", KnownResourceStates.FailedToStart, Limit.Token);
        await App.WaitForStateAsync("waits-for-waiter", KnownResourceStates.Waiting, Limit.Token);
        var lines = await App.LinesAsync("waits-for-job", Limit.Token);
        Assert.Contains(lines, l => l.Text.Contains("with exit code '1', expected '0'", StringComparison.Ordinal));

        application.Repair("job");
        await StartAsync("job");
        await App.WaitForAsync("job", s => s is { ExitCode: 0 }, Limit.Token);
        await StartAsync("waits-for-job");

        await App.WaitForStateAsync("waits-for-job", KnownResourceStates.Running, Limit.Token);
        await App.WaitForStateAsync("waits-for-waiter", KnownResourceStates.Running, Limit.Token);
    }

    [Fact]
    public async Task A_stopped_one_shot_has_not_completed()
    {
        await App.WaitForStateAsync("endless-job", KnownResourceStates.Running, Limit.Token);

        await App.RunCommandAsync("endless-job", KnownResourceCommands.StopCommand, Limit.Token);

        await App.WaitForStateAsync("waits-for-endless-job", KnownResourceStates.FailedToStart, Limit.Token);
    }

    [Fact]
    public async Task A_start_command_ends_a_wait()
    {
        await App.WaitForStateAsync("waits-for-broken", KnownResourceStates.Waiting, Limit.Token);

        await StartAsync("waits-for-broken");

        await App.WaitForStateAsync("waits-for-broken", KnownResourceStates.Running, Limit.Token);
    }

    [Fact]
    public async Task A_waiter_waits_for_every_replica()
    {
        var ids = new HashSet<string>();
        await App.ResourceNotifications.WaitForResourceAsync(
            "replicas", e => e.Snapshot.HealthStatus is HealthStatus.Healthy && ids.Add(e.ResourceId) && ids.Count == 2, Limit.Token);
        var stopped = ids.First();
        await App.RunCommandAsync(stopped, KnownResourceCommands.StopCommand, Limit.Token);

        var started = StartAsync("waits-for-replicas");
        var waiting = await App.ResourceNotifications.WaitForResourceAsync(
            "waits-for-replicas", e => WaitsFor(e) is [var id] && id == stopped, Limit.Token);
        Assert.Equal(KnownResourceStates.Waiting, waiting.Snapshot.State?.Text);

        await App.RunCommandAsync(stopped, KnownResourceCommands.StartCommand, Limit.Token);
        await App.WaitForStateAsync("waits-for-replicas", KnownResourceStates.Running, Limit.Token);
        await started;
    }

    private Task StartAsync(string resource) =>
        App.RunCommandAsync(resource, KnownResourceCommands.StartCommand, Limit.Token);

    private string? State(string resource) =>
        App.ResourceNotifications.TryGetCurrentState(resource, out var current) ? current.Snapshot.State?.Text : null;

    private static IReadOnlyList<string> WaitsFor(ResourceEvent e) =>
        e.Snapshot.Properties.FirstOrDefault(p => p.Name == "resource.waitingFor")?.Value is IEnumerable<string> ids ? [.. ids] : [];

    /// <summary>One application for all tests, with a dashboard. Some of its resources fail until a test repairs them.</summary>
    public sealed class Application : IAsyncLifetime
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-recovery-");
        private DistributedApplication? _app;
        private Task _started = Task.CompletedTask;

        public DistributedApplication App => _app!;

        internal HealthSwitch Health { get; private set; } = new();

        /// <summary>Lets a resource work at its next start.</summary>
        public void Repair(string resource) => File.CreateSymbolicLink(FileOf(resource), "/bin/sleep");

        public async ValueTask InitializeAsync()
        {
            var builder = DistributedApplicationTestingBuilder.Create([], (options, _) => options.DisableDashboard = false);
            Health = builder.AddHealthSwitch("switch");
            Health.IsOn = true;

            var fragile = builder.AddServer("fragile").WithEnvironment("NEEDS", FileOf("fragile")).WithHttpHealthCheck("/");
            builder.AddServer("waits-for-fragile").WaitFor(fragile);

            builder.AddServer("waits-for-broken").WaitFor(builder.AddExecutable("broken", FileOf("broken"), "."));
            builder.AddServer("waits-for-missing").WaitFor(builder.AddExecutable("missing", FileOf("missing"), ".", "600"));

            var server = builder.AddServer("server").WithHealthCheck("switch");
            builder.AddServer("waits-for-server").WaitFor(server).WithExplicitStart();

            var job = builder.AddScript("job", $"process.exit(require('fs').existsSync('{FileOf("job")}') ? 0 : 1)");
            var waiter = builder.AddServer("waits-for-job").WaitForCompletion(job);
            builder.AddServer("waits-for-waiter").WaitFor(waiter);

            var endless = builder.AddScript("endless-job", "setInterval(() => {}, 1000)");
            builder.AddServer("waits-for-endless-job").WaitForCompletion(endless);

            var replicas = builder.AddProject<Projects.Probe>("replicas").WithReplicas(2);
            builder.AddServer("waits-for-replicas").WaitFor(replicas).WithExplicitStart();

            // The start does not complete while a resource waits.
            _app = await builder.BuildAsync(Limit.Token);
            _started = _app.StartAsync(Limit.Token);
        }

        public async ValueTask DisposeAsync()
        {
            if (_app is not null)
            {
                await _app.DisposeAsync();
                await _started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _directory.Delete(recursive: true);
        }

        private string FileOf(string resource) => Path.Combine(_directory.FullName, resource);
    }
}
