using System.Diagnostics;

namespace Cruddur.DistributedAppTests;

/// <summary>The script <c>cruddur</c> at the root, which knows of the running system what its session file says.</summary>
public sealed class ShortFormTests(RunningCruddur cruddur)
{
    private static readonly string Script = Path.GetFullPath(Path.Combine(Projects.AppHost.ProjectPath, "..", "cruddur"));

    [Fact]
    public async Task It_runs_a_verb_in_the_running_system_from_any_directory()
    {
        var (exitCode, output, error) = await RunAsync(cruddur.StatePath, "ddb", "list-tables", "--json");

        Assert.True(exitCode == 0, error);
        Assert.Contains("cruddur-messages", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_returns_the_exit_code_of_the_verb()
    {
        var (exitCode, _, error) = await RunAsync(cruddur.StatePath, "ddb", "lsit-tables");

        Assert.Equal(2, exitCode);
        Assert.Contains("list-tables", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prod_takes_nothing_from_the_running_system()
    {
        var (exitCode, _, error) = await RunAsync(cruddur.StatePath, "db", "seed", "--prod");

        Assert.Equal(1, exitCode);
        Assert.Contains("There is no connection string to Postgres.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ddb list-tables")]
    [InlineData("db seed")]
    [InlineData("cognito list-users")]
    [InlineData("cognito newest-code")]
    [InlineData("state list")]
    public async Task Without_a_running_system_it_says_what_to_start(string verb)
    {
        var (exitCode, output, error) = await RunAsync(Path.GetTempPath(), verb.Split(' '));

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("`dotnet run --project AppHost`", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string statePath, params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("sh", [Script, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["State__Directory"] = statePath },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
