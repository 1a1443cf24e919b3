using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppModelTests;

/// <summary>The arguments of commands: their defaults, their checks, and what a command gets.</summary>
public sealed class CommandArgumentTests(CommandArgumentTests.Application application) : IClassFixture<CommandArgumentTests.Application>
{
    private static readonly string[] Names = ["text", "secret", "choice", "flag", "count"];

    [Fact]
    public async Task A_command_without_given_arguments_gets_the_defaults()
    {
        var result = await application.App.ResourceCommands.ExecuteCommandAsync("server", "echo", Limit.Token);

        Assert.True(result.Success, result.Message);
        Assert.Equal("hello||b|true|20", result.Message);
    }

    [Fact]
    public async Task Given_arguments_replace_the_defaults()
    {
        var result = await application.EchoAsync(
            ("TEXT", "  hi "), ("secret", " s "), ("choice", "a"), ("flag", "False"), ("count", "1e3"));

        Assert.True(result.Success, result.Message);
        Assert.Equal("hi| s |a|False|1e3", result.Message);
    }

    [Fact]
    public async Task A_command_of_a_resource_gets_arguments()
    {
        var model = application.App.Services.GetRequiredService<DistributedApplicationModel>();
        var server = model.Resources.Single(r => r.Name == "server");

        var result = await application.App.ResourceCommands.ExecuteCommandAsync(server, "echo", Inputs(("text", "all")), Limit.Token);

        Assert.Equal("all||b|true|20", result.Message);
    }

    [Fact]
    public async Task Arguments_that_are_not_declared_are_left_out()
    {
        var result = await application.EchoAsync(("other", "x"));

        Assert.Equal("hello||b|true|20", result.Message);
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "  ")]
    [InlineData("text", null)]
    [InlineData("text", "more than ten characters")]
    [InlineData("choice", "c")]
    [InlineData("flag", "maybe")]
    [InlineData("count", "many")]
    [InlineData("count", "1,000")]
    [InlineData("count", "13")]
    public async Task A_command_does_not_run_with_an_invalid_argument(string name, string? value)
    {
        var runs = application.Runs;

        var result = await application.EchoAsync((name, value));

        Assert.False(result.Success);
        Assert.False(result.Canceled);
        Assert.Equal("Command argument validation failed.", result.Message);
        Assert.Equal(runs, application.Runs);
    }

    [Fact]
    public async Task The_check_of_all_arguments_follows_the_checks_of_each()
    {
        var checks = application.Checks;
        await application.EchoAsync(("count", "many"));
        Assert.Equal(checks, application.Checks);

        await application.EchoAsync(("count", "13"));
        Assert.Equal(checks + 1, application.Checks);
    }

    [Fact]
    public async Task A_result_has_its_format_and_whether_it_is_shown_at_once()
    {
        var result = await application.App.ResourceCommands.ExecuteCommandAsync("server", "table", Limit.Token);

        Assert.Equal("2 rows", result.Message);
        Assert.Equal("| a |", result.Data?.Value);
        Assert.Equal(CommandResultFormat.Markdown, result.Data?.Format);
        Assert.True(result.Data?.DisplayImmediately);
    }

    [Fact]
    public async Task The_arguments_are_published()
    {
        var snapshot = await application.App.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);

        Assert.Equal(Names, Assert.Single(snapshot.Commands, c => c.Name == "echo").Arguments.Select(a => a.Name));
    }

    [Fact]
    public void Two_inputs_of_one_name_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => Inputs(("a", null), ("A", null)));

    private static InteractionInputCollection Inputs(params (string Name, string? Value)[] values) =>
        new([.. values.Select(v => new InteractionInput { Name = v.Name, InputType = InputType.Text, Value = v.Value })]);

    public sealed class Application : IAsyncLifetime
    {
        private int _runs;
        private int _checks;
        private DistributedApplication? _app;

        public DistributedApplication App => _app!;

        /// <summary>How often the command ran.</summary>
        public int Runs => _runs;

        /// <summary>How often the command's own check ran.</summary>
        public int Checks => _checks;

        public async ValueTask InitializeAsync()
        {
            var builder = Sample.NewBuilder();
            builder.AddServer("server")
                .WithCommand("echo", "Echo", EchoAsync, new CommandOptions { Arguments = [.. Declared()], ValidateArguments = CheckAsync })
                .WithCommand("table", "Table", _ => Task.FromResult(
                    CommandResults.Success("2 rows", "| a |", CommandResultFormat.Markdown, displayImmediately: true)));
            _app = await builder.StartAsync(Limit.Token);
            await App.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);
        }

        public Task<ExecuteCommandResult> EchoAsync(params (string Name, string? Value)[] values) =>
            App.ResourceCommands.ExecuteCommandAsync("server", "echo", Inputs(values), Limit.Token);

        public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

        private static IEnumerable<InteractionInput> Declared() =>
        [
            new() { Name = "text", InputType = InputType.Text, Required = true, Value = "hello", MaxLength = 10 },
            new() { Name = "secret", InputType = InputType.SecretText },
            new() { Name = "choice", InputType = InputType.Choice, Value = "b", Options = [new("a", "The first"), new("b", "The second")] },
            new() { Name = "flag", InputType = InputType.Boolean, Value = "true" },
            new() { Name = "count", InputType = InputType.Number, Value = "20" },
        ];

        private Task<ExecuteCommandResult> EchoAsync(ExecuteCommandContext context)
        {
            Interlocked.Increment(ref _runs);
            return Task.FromResult(CommandResults.Success(string.Join('|', Names.Select(context.Arguments.GetString))));
        }

        private Task CheckAsync(InputsDialogValidationContext context)
        {
            Interlocked.Increment(ref _checks);
            if (context.Inputs["count"].Value == "13")
            {
                context.AddValidationError("count", "Thirteen is not allowed.");
            }

            return Task.CompletedTask;
        }
    }
}
