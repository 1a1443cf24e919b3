using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppModelTests;

/// <summary>Start, end, stop, restart.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task An_exit_code_is_reported_with_everything_that_was_printed()
    {
        var builder = Sample.NewBuilder();
        builder.AddScript("job", "for (let i = 0; i < 500; i++) console.log('line ' + i); console.error('the end'); process.exitCode = 3");
        await using var app = await builder.StartAsync(Limit.Token);

        var ended = await app.WaitForEndAsync("job", Limit.Token);
        Assert.Equal(KnownResourceStates.Finished, ended.State?.Text);
        Assert.Equal(3, ended.ExitCode);
        Assert.NotNull(ended.StartTimeStamp);
        Assert.NotNull(ended.StopTimeStamp);
        var lines = await app.LinesAsync("job", Limit.Token);
        Assert.Equal(500, lines.Count(l => !l.IsError && l.Text.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Contains(("the end", true), lines);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_to_start()
    {
        var builder = Sample.NewBuilder();
        builder.AddExecutable("broken", "/there/is/no/such/program", ".");
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("broken", KnownResourceStates.FailedToStart, Limit.Token);
        await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("broken", WaitBehavior.StopOnResourceUnavailable, Limit.Token));
    }

    [Fact]
    public async Task A_stopped_resource_can_be_started_again_at_the_same_address()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithHttpHealthCheck("/");
        await using var app = await builder.StartAsync(Limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
        var (address, first) = (app.GetEndpoint("server", "http"), await app.ProbeAsync("server", Limit.Token));

        await app.RunCommandAsync("server", KnownResourceCommands.StopCommand, Limit.Token);
        var stopped = await app.WaitForEndAsync("server", Limit.Token);
        Assert.NotEqual(KnownResourceStates.FailedToStart, stopped.State?.Text);
        await app.RunCommandAsync("server", KnownResourceCommands.StartCommand, Limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);

        Assert.Equal(address, app.GetEndpoint("server", "http"));
        Assert.NotEqual(first.Pid, (await app.ProbeAsync("server", Limit.Token)).Pid);
    }

    [Fact]
    public async Task A_restart_evaluates_the_environment_again()
    {
        var builder = Sample.NewBuilder();
        var starts = 0;
        builder.AddServer("server").WithHttpHealthCheck("/")
            .WithEnvironment(context => context.EnvironmentVariables["STARTS"] = $"{Interlocked.Increment(ref starts)}");
        await using var app = await builder.StartAsync(Limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);
        var before = await app.ProbeAsync("server", Limit.Token);

        await app.RunCommandAsync("server", KnownResourceCommands.RestartCommand, Limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("server", Limit.Token);

        var after = await app.ProbeAsync("server", Limit.Token);
        Assert.NotEqual(before.Pid, after.Pid);
        Assert.NotEqual(before.Env["STARTS"], after.Env["STARTS"]);
    }

    [Fact]
    public async Task An_ended_job_can_be_run_again()
    {
        var builder = Sample.NewBuilder();
        builder.AddScript("job", "console.log('done')");
        await using var app = await builder.StartAsync(Limit.Token);
        var first = await app.WaitForEndAsync("job", Limit.Token);

        await app.RunCommandAsync("job", KnownResourceCommands.StartCommand, Limit.Token);

        var second = await app.WaitForAsync("job", s => s.ExitCode is not null && s.StartTimeStamp > first.StartTimeStamp, Limit.Token);
        Assert.Equal(0, second.ExitCode);
    }

    [Fact]
    public async Task An_explicit_start_needs_a_command()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("manual").WithExplicitStart();
        await using var app = await builder.StartAsync(Limit.Token);
        await app.WaitForStateAsync("manual", KnownResourceStates.NotStarted, Limit.Token);

        await app.RunCommandAsync("manual", KnownResourceCommands.StartCommand, Limit.Token);

        await app.WaitForStateAsync("manual", KnownResourceStates.Running, Limit.Token);
        Assert.True((await app.ProbeAsync("manual", Limit.Token)).Pid > 0);
    }

    [Fact]
    public async Task Stopping_the_application_ends_its_processes()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server");
        await using var app = await builder.StartAsync(Limit.Token);
        var pid = (await app.ProbeAsync("server", Limit.Token)).Pid;

        await app.StopAsync(Limit.Token);

        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(pid));
    }

    [Fact]
    public async Task A_parameter_without_a_value_fails_only_resources_that_use_it()
    {
        var builder = Sample.NewBuilder();
        var missing = builder.AddParameter("missing");
        builder.AddServer("needs-it").WithEnvironment("MISSING", missing);
        builder.AddServer("does-not");
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("does-not", KnownResourceStates.Running, Limit.Token);
        await app.WaitForStateAsync("needs-it", KnownResourceStates.FailedToStart, Limit.Token);
        await app.WaitForStateAsync("missing", KnownResourceStates.ValueMissing, Limit.Token);
        var lines = await app.LinesAsync("needs-it", Limit.Token);
        Assert.Contains(lines, l => l.Text.Contains("Parameters:missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_parameter_takes_its_value_from_configuration_and_hides_a_secret()
    {
        var builder = Sample.NewBuilder("--Parameters:the-key=s3cret");
        builder.AddParameter("the-key", secret: true);
        await using var app = await builder.StartAsync(Limit.Token);

        var shown = await app.WaitForStateAsync("the-key", KnownResourceStates.Running, Limit.Token);
        Assert.Contains(shown.Properties, p => p is { Name: "Value", Value: "s3cret", IsSensitive: true });
    }
}
