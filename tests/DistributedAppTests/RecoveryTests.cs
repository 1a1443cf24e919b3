using System.Net;
using Cruddur.AppHost.State;
using Cruddur.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cruddur.DistributedAppTests;

/// <summary>With the dashboard on, the system recovers from a failure when somebody starts the failed resource again.</summary>
public sealed class RecoveryTests(RecoveryTests.BrokenCruddur cruddur) : IClassFixture<RecoveryTests.BrokenCruddur>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setting_up_again_after_a_failure_starts_the_seeder_and_everything_that_waits_for_it() => await cruddur.ReadyAsync();

    [Fact]
    public async Task A_killed_API_is_reported_and_can_be_started_again()
    {
        await cruddur.ReadyAsync();

        await cruddur.App.KillAsync(CruddurResources.Api, Cancelled);
        await cruddur.Console.WaitForLineAsync("api ended ", Cancelled);
        await cruddur.Console.WaitForLineAsync("press Start on api in the dashboard", Cancelled);

        await cruddur.App.StartResourceAsync(CruddurResources.Api, Cancelled);
        await cruddur.Console.WaitForLineAsync("  api ", Cancelled);
    }

    [Fact]
    public async Task The_API_recovers_when_a_killed_DynamoDB_is_started_again()
    {
        await cruddur.ReadyAsync();

        await cruddur.App.KillAsync(CruddurResources.DynamoDb, Cancelled);
        await cruddur.Console.WaitForLineAsync("dynamodb ended ", Cancelled);
        await cruddur.WaitForApiAsync(HttpStatusCode.ServiceUnavailable);

        await cruddur.App.StartResourceAsync(CruddurResources.DynamoDb, Cancelled);
        await cruddur.Console.WaitForLineAsync("  dynamodb ", Cancelled);
        await cruddur.WaitForApiAsync(HttpStatusCode.OK);
    }

    /// <summary>A system with a dashboard, whose seeder lacks a setting until the first call of <see cref="ReadyAsync"/>.</summary>
    public sealed class BrokenCruddur : IAsyncLifetime
    {
        private const string Setting = $"ConnectionStrings__{CruddurResources.Database}";

        private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
        private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

        private readonly TestState _state = new();
        private readonly CapturedConsole _console = new();
        private DistributedApplication? _app;
        private Task _started = Task.CompletedTask;
        private Task? _ready;
        private bool _isRepaired;

        public DistributedApplication App => _app!;

        internal CapturedConsole Console => _console;

        public async ValueTask InitializeAsync()
        {
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
                [$"--{StateDirectory.Setting}={_state.Path}"], (options, _) => options.DisableDashboard = false, Cancelled);
            builder.Services.AddLogging(logging => logging.ClearProviders());
            var seeder = builder.Resources.OfType<ProjectResource>().Single(project => project.Name == CruddurResources.Seeder);
            builder.CreateResourceBuilder(seeder).WithEnvironment(context =>
            {
                if (!_isRepaired)
                {
                    context.EnvironmentVariables.Remove(Setting);
                }
            });

            // The start is not over while a resource waits.
            _app = await builder.BuildAsync(Cancelled);
            _started = _app.StartAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            if (_app is not null)
            {
                await _app.DisposeAsync();
                await _started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _console.DisposeAsync();
            await _state.DisposeAsync();
        }

        /// <summary>
        /// Waits until the seeder has failed, repairs it, sets up again, and waits until the report says that everything is ready.
        /// </summary>
        public Task ReadyAsync() => _ready ??= RepairAsync();

        /// <summary>Waits until the API says with this code whether it can serve requests.</summary>
        public async Task WaitForApiAsync(HttpStatusCode code)
        {
            using var api = App.CreateHttpClient(CruddurResources.Api, "http");
            for (var deadline = DateTime.UtcNow + Timeout; ; await Task.Delay(PollInterval, Cancelled))
            {
                using var answer = await api.GetAsync(new Uri("/health", UriKind.Relative), Cancelled);
                if (answer.StatusCode == code)
                {
                    return;
                }

                Assert.True(DateTime.UtcNow < deadline, $"The API still answers {answer.StatusCode} after {Timeout.TotalSeconds} s.");
            }
        }

        private async Task RepairAsync()
        {
            await Console.WaitForLineAsync("seeder ended with exit code 1. The end of its log:", Cancelled);
            await Console.WaitForLineAsync("There is no connection string to Postgres.", Cancelled);
            await Console.WaitForLineAsync("api is not started, because seeder failed.", Cancelled);

            _isRepaired = true;
            var result = await App.ResourceCommands.ExecuteCommandAsync(CruddurResources.Seeder, "setup", Cancelled);
            Assert.True(result.Success, result.Message);
            await Console.WaitForLineAsync("ready in ", Cancelled);
        }
    }
}
