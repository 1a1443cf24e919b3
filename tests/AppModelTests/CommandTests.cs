using Microsoft.Extensions.Logging;

namespace Cruddur.AppModelTests;

/// <summary>The commands of resources, built in and added.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task A_command_returns_its_result()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server")
            .WithCommand("good", "Good", context =>
            {
                context.Logger.LogInformation("run on {Name}", context.ResourceName);
                return Task.FromResult(CommandResults.Success("fine", "a,b", CommandResultFormat.Text));
            })
            .WithCommand("bad", "Bad", _ => Task.FromResult(CommandResults.Failure("sorry")))
            .WithCommand("ugly", "Ugly", _ => throw new InvalidOperationException("boom"))
            .WithCommand("cancelled", "Cancelled", _ => Task.FromResult(CommandResults.Canceled()));
        await using var app = await builder.StartAsync(Limit.Token);
        await app.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);

        var good = await app.ResourceCommands.ExecuteCommandAsync("server", "good", Limit.Token);
        Assert.True(good.Success);
        Assert.Equal(("fine", "a,b"), (good.Message, good.Data?.Value));
        Assert.Contains(await app.LinesAsync("server", Limit.Token), l => l.Text.StartsWith("run on server-", StringComparison.Ordinal));

        var bad = await app.ResourceCommands.ExecuteCommandAsync("server", "bad", Limit.Token);
        Assert.Equal((false, "sorry"), (bad.Success, bad.Message));
        var ugly = await app.ResourceCommands.ExecuteCommandAsync("server", "ugly", Limit.Token);
        Assert.Equal((false, "boom"), (ugly.Success, ugly.Message));
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("server", "cancelled", Limit.Token)).Canceled);
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("server", "unknown", Limit.Token)).Success);
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("missing", "good", Limit.Token)).Success);
    }

    [Fact]
    public async Task A_command_is_published_with_its_options_and_state()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithCommand("reset", "Reset data", _ => Task.FromResult(CommandResults.Success()), new CommandOptions
        {
            Description = "Empties everything",
            ConfirmationMessage = "Really?",
            IconName = "Delete",
            IconVariant = IconVariant.Filled,
            IsHighlighted = true,
            UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
        });
        await using var app = await builder.StartAsync(Limit.Token);

        var running = await app.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);
        var reset = Assert.Single(running.Commands, c => c.Name == "reset");
        Assert.Equal(ResourceCommandState.Enabled, reset.State);
        Assert.Equal(
            ("Reset data", "Empties everything", "Really?", "Delete", true),
            (reset.DisplayName, reset.DisplayDescription, reset.ConfirmationMessage, reset.IconName, reset.IsHighlighted));

        await app.RunCommandAsync("server", KnownResourceCommands.StopCommand, Limit.Token);
        var stopped = await app.WaitForEndAsync("server", Limit.Token);
        Assert.Equal(ResourceCommandState.Disabled, Assert.Single(stopped.Commands, c => c.Name == "reset").State);
    }

    [Fact]
    public async Task Start_stop_and_restart_follow_the_state()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server");
        builder.AddServer("manual").WithExplicitStart();
        await using var app = await builder.StartAsync(Limit.Token);

        var running = await app.WaitForStateAsync("server", KnownResourceStates.Running, Limit.Token);
        Assert.Equal((ResourceCommandState.Hidden, ResourceCommandState.Enabled, ResourceCommandState.Enabled), States(running));
        var manual = await app.WaitForStateAsync("manual", KnownResourceStates.NotStarted, Limit.Token);
        Assert.Equal((ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled), States(manual));
        await app.RunCommandAsync("server", KnownResourceCommands.StopCommand, Limit.Token);
        var stopped = await app.WaitForEndAsync("server", Limit.Token);
        Assert.Equal((ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled), States(stopped));

        static (ResourceCommandState Start, ResourceCommandState Stop, ResourceCommandState Restart) States(CustomResourceSnapshot s) =>
            (State(s, "start"), State(s, "stop"), State(s, "restart"));

        static ResourceCommandState State(CustomResourceSnapshot s, string name) => Assert.Single(s.Commands, c => c.Name == name).State;
    }
}
