using System.Net;
using Aspire.Hosting.Dashboard.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using InputType = Aspire.Hosting.InputType;
using WireInputType = Aspire.Hosting.Dashboard.Wire.InputType;
using WireResource = Aspire.Hosting.Dashboard.Wire.Resource;

namespace Cruddur.AppModelTests;

/// <summary>The dashboard, and the resource service that it calls.</summary>
public sealed class DashboardTests(DashboardTests.Application application) : IClassFixture<DashboardTests.Application>
{
    [Fact]
    public async Task It_asks_for_its_token()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = application.App.GetEndpoint("aspire-dashboard", "http") };

        using var anonymous = await browser.GetAsync(new Uri("/", UriKind.Relative), Limit.Token);
        Assert.Equal(HttpStatusCode.Redirect, anonymous.StatusCode);
        Assert.Contains("/login", anonymous.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var login = await browser.GetAsync(new Uri($"/login?t={Application.Token}", UriKind.Relative), Limit.Token);
        Assert.Equal(HttpStatusCode.Redirect, login.StatusCode);
        using var user = await browser.GetAsync(new Uri("/", UriKind.Relative), Limit.Token);
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
    }

    [Fact]
    public async Task It_gets_the_details_of_a_resource()
    {
        var server = await application.WatchUntilAsync(
            r => r.DisplayName == "server" && r.HealthReports.Any(h => h is { HasStatus: true, Status: HealthStatus.Healthy }));
        var url = application.App.GetEndpoint("server", "http").ToString().TrimEnd('/');

        Assert.Equal(("Executable", "Running"), (server.ResourceType, server.State));
        Assert.Matches("^server-[a-z]{8}$", server.Name);
        Assert.NotNull(server.StartedAt);
        Assert.Equal("Database", server.IconName);
        Assert.Contains(server.Urls, u => u is { EndpointName: "http", IsInactive: false } && u.FullUrl == url);
        Assert.Contains(server.Environment, v => v is { Name: "GREETING", Value: "hello", IsFromSpec: true });
        Assert.Contains(server.Relationships, r => r is { ResourceName: "greeting", Type: "Reference" });
        Assert.EndsWith("node", server.Properties.Single(p => p.Name == "executable.path").Value.StringValue, StringComparison.Ordinal);
        Assert.Contains(server.Commands, c => c is { Name: "reset", DisplayName: "Reset data", ConfirmationMessage: "Really?" });
        Assert.Contains(server.Commands, c => c is { Name: "stop", State: Aspire.Hosting.Dashboard.Wire.ResourceCommandState.Enabled });
    }

    [Fact]
    public async Task It_gets_the_parameters()
    {
        var parameter = await application.WatchUntilAsync(r => r.DisplayName == "greeting");

        Assert.Equal("Parameter", parameter.ResourceType);
        Assert.Contains(parameter.Properties, p => p.Name == "Value" && p.Value.StringValue == "hello");
    }

    [Fact]
    public async Task A_parameter_with_its_own_command_to_set_it_gets_no_other()
    {
        var parameter = await application.WatchUntilAsync(r => r is { DisplayName: "pool", State: "Running" });

        Assert.Equal(["Set pool"], parameter.Commands.Select(c => c.DisplayName));
    }

    [Fact]
    public async Task A_child_has_a_parent_and_a_masked_connection_string()
    {
        var database = await application.WatchUntilAsync(
            r => r.DisplayName == "database" && r.Properties.Any(p => p.Name == "resource.connectionString"));
        var server = await application.WatchUntilAsync(r => r.DisplayName == "server");

        Assert.Equal(("Database", "Running"), (database.ResourceType, database.State));
        Assert.Contains(database.Relationships, r => r is { ResourceName: "server", Type: "Parent" });
        Assert.Contains(database.Properties, p => p.Name == "resource.parentName" && p.Value.StringValue == server.Name);
        Assert.Contains(database.Properties, p => p is { Name: "resource.connectionString", IsSensitive: true });
    }

    [Fact]
    public async Task An_arrow_points_from_a_resource_to_its_dependency()
    {
        var job = await application.WatchUntilAsync(r => r.DisplayName == "job");
        var server = await application.WatchUntilAsync(r => r.DisplayName == "server");

        Assert.Equal(["server"], job.Relationships.Where(r => r.Type == "WaitFor").Select(r => r.ResourceName));
        Assert.DoesNotContain(server.Relationships, r => r.ResourceName == "job");
    }

    [Fact]
    public async Task Hidden_resources_are_marked()
    {
        Assert.True((await application.WatchUntilAsync(r => r.DisplayName == "hidden")).IsHidden);
        Assert.False((await application.WatchUntilAsync(r => r.DisplayName == "server")).IsHidden);
        Assert.True((await application.WatchUntilAsync(r => r is { DisplayName: "job", State: "Finished" })).IsHidden);
        Assert.False((await application.WatchUntilAsync(r => r is { DisplayName: "failed-job", State: "Finished" })).IsHidden);
    }

    [Fact]
    public async Task It_gets_the_output_of_a_resource()
    {
        var server = await application.WatchUntilAsync(r => r.DisplayName == "server");
        var request = new WatchResourceConsoleLogsRequest { ResourceName = server.Name };
        using var call = application.Client.WatchResourceConsoleLogs(request, application.Headers, cancellationToken: Limit.Token);

        await foreach (var update in call.ResponseStream.ReadAllAsync(Limit.Token))
        {
            if (update.LogLines.Any(l => l.Text.EndsWith("listening", StringComparison.Ordinal) && !l.IsStdErr))
            {
                return;
            }
        }

        Assert.Fail("The log ended without the line.");
    }

    [Fact]
    public async Task It_runs_commands()
    {
        var server = await application.WatchUntilAsync(r => r.DisplayName == "server" && r.State == "Running");

        var request = new ResourceCommandRequest { ResourceName = server.Name, ResourceType = server.ResourceType, CommandName = "reset" };
        var answer = await application.Client.ExecuteResourceCommandAsync(request, application.Headers, cancellationToken: Limit.Token);

        Assert.Equal(ResourceCommandResponseKind.Succeeded, answer.Kind);
        Assert.Equal(("all gone", "# done"), (answer.Message, answer.Result.Value));
    }

    [Fact]
    public async Task It_gets_the_arguments_of_a_command()
    {
        var server = await application.WatchUntilAsync(r => r.DisplayName == "server");

        var inputs = Assert.Single(server.Commands, c => c.Name == "greet").ArgumentInputs;
        Assert.Equal(["name", "times", "loud", "tone", "token"], inputs.Select(i => i.Name));
        Assert.Equal(
            [WireInputType.Text, WireInputType.Number, WireInputType.Boolean, WireInputType.Choice, WireInputType.SecretText],
            inputs.Select(i => i.InputType));
        var name = inputs[0];
        Assert.Equal(("Your name", "As it is greeted", "Jane", 20), (name.Label, name.Description, name.Placeholder, name.MaxLength));
        Assert.True(name.Required);
        Assert.Equal(("times", "2", false), (inputs[1].Label, inputs[1].Value, inputs[1].Required));
        Assert.Equal("Friendly", inputs[3].Options["warm"]);
    }

    [Fact]
    public async Task It_runs_commands_with_arguments()
    {
        var answer = await application.GreetAsync(
            ("name", Value.ForString("Londo")), ("times", Value.ForNumber(3)), ("loud", Value.ForBool(true)), ("token", Value.ForNull()));

        Assert.Equal((ResourceCommandResponseKind.Succeeded, "Londo 3 true warm "), (answer.Kind, answer.Message));
    }

    [Fact]
    public async Task It_learns_that_arguments_are_invalid()
    {
        var answer = await application.GreetAsync(("name", Value.ForString("Londo")), ("times", Value.ForString("often")));

        Assert.Equal(ResourceCommandResponseKind.InvalidArguments, answer.Kind);
        Assert.Equal("Command argument validation failed.", answer.Message);
    }

    [Fact]
    public async Task It_asks_for_the_arguments_of_a_command_until_they_are_valid()
    {
        using var dialogs = application.Client.WatchInteractions(application.Headers, cancellationToken: Limit.Token);
        var run = application.GreetAsync();
        var opened = await NextDialogAsync(dialogs, d => d.InputsDialog is not null);
        Assert.Equal(("Greet", "Says hello", "Greet"), (opened.Title, opened.Message, opened.PrimaryButtonText));
        Assert.Equal(["name", "times", "loud", "tone", "token"], opened.InputsDialog.InputItems.Select(i => i.Name));

        await AnswerAsync(dialogs, opened, name: "", times: "2");
        var refused = await NextDialogAsync(dialogs, d => d.InteractionId == opened.InteractionId);
        Assert.Equal(["Value is required."], refused.InputsDialog.InputItems[0].ValidationErrors);
        await AnswerAsync(dialogs, opened, name: "Nobody", times: "2");
        refused = await NextDialogAsync(dialogs, d => d.InteractionId == opened.InteractionId);
        Assert.Equal(["Nobody is nobody's name."], refused.InputsDialog.InputItems[0].ValidationErrors);

        await AnswerAsync(dialogs, opened, name: "Delenn", times: "2");
        var closed = await NextDialogAsync(dialogs, d => d.InteractionId == opened.InteractionId);
        Assert.NotNull(closed.Complete);
        var answer = await run;
        Assert.Equal((ResourceCommandResponseKind.Succeeded, "Delenn 2 false warm "), (answer.Kind, answer.Message));
    }

    [Fact]
    public async Task A_cancelled_dialog_cancels_the_command()
    {
        using var dialogs = application.Client.WatchInteractions(application.Headers, cancellationToken: Limit.Token);
        var run = application.GreetAsync();
        var opened = await NextDialogAsync(dialogs, d => d.InputsDialog is not null);

        await dialogs.RequestStream.WriteAsync(new() { InteractionId = opened.InteractionId, Complete = new() }, Limit.Token);

        Assert.Equal(ResourceCommandResponseKind.Cancelled, (await run).Kind);
    }

    [Fact]
    public async Task A_dialog_that_is_open_is_shown_to_a_dashboard_that_connects_later()
    {
        var run = application.GreetAsync();
        using var dialogs = application.Client.WatchInteractions(application.Headers, cancellationToken: Limit.Token);

        var opened = await NextDialogAsync(dialogs, d => d.InputsDialog is not null);

        await AnswerAsync(dialogs, opened, name: "Vir", times: "1");
        Assert.Equal("Vir 1 false warm ", (await run).Message);
    }

    [Fact]
    public async Task A_client_without_the_key_is_refused()
    {
        var call = application.Client.GetApplicationInformationAsync(new ApplicationInformationRequest(), cancellationToken: Limit.Token);
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static async Task<WatchInteractionsResponseUpdate> NextDialogAsync(
        AsyncDuplexStreamingCall<WatchInteractionsRequestUpdate, WatchInteractionsResponseUpdate> dialogs,
        Func<WatchInteractionsResponseUpdate, bool> predicate)
    {
        await foreach (var update in dialogs.ResponseStream.ReadAllAsync(Limit.Token))
        {
            if (predicate(update))
            {
                return update;
            }
        }

        throw new InvalidOperationException("The stream of dialogs ended.");
    }

    /// <summary>Submits the form as the dashboard does: with all of its fields. An untouched check box is empty.</summary>
    private static Task AnswerAsync(
        AsyncDuplexStreamingCall<WatchInteractionsRequestUpdate, WatchInteractionsResponseUpdate> dialogs,
        WatchInteractionsResponseUpdate opened,
        string name,
        string times)
    {
        var form = opened.InputsDialog.Clone();
        form.InputItems[0].Value = name;
        form.InputItems[1].Value = times;
        return dialogs.RequestStream.WriteAsync(new() { InteractionId = opened.InteractionId, InputsDialog = form }, Limit.Token);
    }

    public sealed class Application : IAsyncLifetime
    {
        public const string Token = "the-browser-token";
        private const string Key = "the-resource-service-key";
        private DistributedApplication? _app;
        private GrpcChannel? _channel;

        public DistributedApplication App => _app!;

        internal DashboardService.DashboardServiceClient Client => new(_channel);

        internal Metadata Headers { get; } = new() { { "x-resource-service-api-key", Key } };

        public async ValueTask InitializeAsync()
        {
            var builder = DistributedApplicationTestingBuilder.Create([], (options, host) =>
            {
                options.DisableDashboard = false;
                (host.Configuration ??= new ConfigurationManager()).AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] = Token,
                    ["ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY"] = Key,
                });
            });
            var greeting = builder.AddParameter("greeting", "hello");
            builder.AddParameter("pool", "local")
                .WithCommand("set-parameter", "Set pool", _ => Task.FromResult(CommandResults.Success()));
            var server = builder.AddServer("server");
            server.WithEnvironment("GREETING", greeting)
                .WithIconName("Database")
                .WithHttpHealthCheck("/")
                .WithCommand(
                    "reset",
                    "Reset data",
                    _ => Task.FromResult(
                        CommandResults.Success("all gone", "# done", Aspire.Hosting.ApplicationModel.CommandResultFormat.Markdown)),
                    new CommandOptions { ConfirmationMessage = "Really?" })
                .WithCommand("greet", "Greet", GreetAsync, new CommandOptions
                {
                    Description = "Says hello",
                    ValidateArguments = CheckName,
                    Arguments =
                    [
                        new()
                        {
                            Name = "name",
                            Label = "Your name",
                            Description = "As it is greeted",
                            Placeholder = "Jane",
                            InputType = InputType.Text,
                            Required = true,
                            MaxLength = 20,
                        },
                        new() { Name = "times", InputType = InputType.Number, Value = "2" },
                        new() { Name = "loud", InputType = InputType.Boolean },
                        new() { Name = "tone", InputType = InputType.Choice, Value = "warm", Options = [new("warm", "Friendly")] },
                        new() { Name = "token", InputType = InputType.SecretText },
                    ],
                });
            builder.AddResource(new Database("database", server.Resource)).WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Database",
                Properties = [],
                State = KnownResourceStates.Running,
            });
            builder.AddScript("hidden", "").WithHidden();
            builder.AddScript("job", "").WaitFor(server).WithHiddenOnCompletion(0);
            builder.AddScript("failed-job", "process.exit(1)").WithHiddenOnCompletion(0);
            _app = await builder.StartAsync(Limit.Token);
            var dashboard = await App.WaitForAsync("aspire-dashboard", s => s.EnvironmentVariables.Any(IsServiceUrl), Limit.Token);
            _channel = GrpcChannel.ForAddress(dashboard.EnvironmentVariables.Single(IsServiceUrl).Value!);

            static bool IsServiceUrl(EnvironmentVariableSnapshot variable) => variable.Name == "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
        }

        public async ValueTask DisposeAsync()
        {
            _channel?.Dispose();
            if (_app is not null)
            {
                await _app.DisposeAsync();
            }
        }

        /// <summary>Runs the command greet as the dashboard does, which asks for arguments when none are given.</summary>
        internal async Task<ResourceCommandResponse> GreetAsync(params (string Name, Value Value)[] arguments)
        {
            var server = await WatchUntilAsync(r => r.DisplayName == "server" && r.State == "Running");
            var request = new ResourceCommandRequest
            {
                ResourceName = server.Name,
                ResourceType = server.ResourceType,
                CommandName = "greet",
                Arguments = { arguments.ToDictionary(a => a.Name, a => a.Value) },
            };
            return await Client.ExecuteResourceCommandAsync(request, Headers, cancellationToken: Limit.Token);
        }

        private static Task<ExecuteCommandResult> GreetAsync(ExecuteCommandContext context) =>
            Task.FromResult(CommandResults.Success(string.Join(' ', context.Arguments.Select(a => a.Value))));

        private static Task CheckName(InputsDialogValidationContext context)
        {
            if (context.Inputs["name"].Value == "Nobody")
            {
                context.AddValidationError("name", "Nobody is nobody's name.");
            }

            return Task.CompletedTask;
        }

        internal async Task<WireResource> WatchUntilAsync(Func<WireResource, bool> predicate)
        {
            using var call = Client.WatchResources(new WatchResourcesRequest(), Headers, cancellationToken: Limit.Token);
            await foreach (var update in call.ResponseStream.ReadAllAsync(Limit.Token))
            {
                var resources = update.InitialData?.Resources.AsEnumerable()
                    ?? update.Changes?.Value.Select(c => c.Upsert).OfType<WireResource>() ?? [];
                if (resources.FirstOrDefault(predicate) is { } found)
                {
                    return found;
                }
            }

            throw new InvalidOperationException("The stream of resources ended.");
        }
    }

    private sealed class Database(string name, ExecutableResource server) : Aspire.Hosting.ApplicationModel.Resource(name),
        IResourceWithParent<ExecutableResource>, IResourceWithConnectionString
    {
        public ExecutableResource Parent => server;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{server.GetEndpoint("http")}/{Name}");
    }
}
