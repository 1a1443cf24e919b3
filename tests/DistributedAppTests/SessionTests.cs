using System.Diagnostics;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Cruddur.DistributedAppTests;

/// <summary>A verb in any terminal finds the running AppHost by itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SessionTests(RunningCruddur cruddur) : IDisposable
{
    private const string FileName = "session.json";

    private readonly string _directory = Directory.CreateTempSubdirectory("cruddur-terminal-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(cruddur.StatePath, FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("ddb", "list-tables", "cruddur-messages")]
    [InlineData("db", "create", "database cruddur exists")]
    [InlineData("cognito", "list-users", "andrewbrown")]
    public async Task A_verb_gets_its_settings_from_the_AppHost(string group, string verb, string text)
    {
        var (exitCode, output, error) = await RunAsync(cruddur.StatePath, [], group, verb);

        Assert.True(exitCode == 0, error);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_finds_the_AppHost_of_the_checkout_that_it_is_run_in()
    {
        var state = Directory.CreateDirectory(Path.Combine(_directory, ".cruddur", "state")).FullName;
        await File.WriteAllTextAsync(Path.Combine(_directory, "Cruddur.Aspire.sln"), "", Cancelled);
        var (exitCode, _, error) = await RunAsync(stateDirectory: null, [], "ddb", "list-tables");
        Assert.Equal(1, exitCode);
        Assert.Contains("Start the system with `dotnet run --project AppHost`", error, StringComparison.Ordinal);

        File.Copy(FilePath, Path.Combine(state, FileName));

        (exitCode, var output, error) = await RunAsync(stateDirectory: null, [], "ddb", "list-tables");
        Assert.True(exitCode == 0, error);
        Assert.Contains("cruddur-messages", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_the_environment_win()
    {
        var (exitCode, _, error) = await RunAsync(
            cruddur.StatePath, [("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:1")], "ddb", "list-tables");

        Assert.Equal(1, exitCode);
        Assert.Contains("DynamoDB does not respond", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_can_be_kept_from_using_the_AppHost() =>
        await AssertRefusedAsync(cruddur.StatePath, ("Session__Enabled", "false"));

    [Fact]
    public void Only_the_owner_can_read_the_settings() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));

    [Fact]
    public async Task Only_the_owner_can_connect_to_the_pipe()
    {
        using var session = JsonDocument.Parse(await File.ReadAllTextAsync(FilePath, Cancelled));
        var pipe = session.RootElement.GetProperty("pipe").GetString()!;

        Assert.Equal(default, File.GetUnixFileMode(pipe) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
    }

    [Fact]
    public async Task A_verb_runs_a_command_in_the_AppHost_and_says_why_it_fails()
    {
        var (exitCode, output, error) = await RunAsync(cruddur.StatePath, [], "cognito", "newest-code", "nobody");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("nobody does not wait for a code.", error.Trim());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task The_session_ends_with_the_AppHost(string signal)
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.WaitForOutputAsync("  dynamodb", Cancelled);
        var (exitCode, _, error) = await RunAsync(appHost.State, [], "ddb", "list-tables");
        Assert.True(exitCode == 0, error);

        await appHost.SignalAsync(signal, Cancelled);
        await appHost.WaitForExitAsync(Cancelled);

        Assert.Equal(signal is "KILL", File.Exists(Path.Combine(appHost.State, FileName)));
        await AssertRefusedAsync(appHost.State);
    }

    private async Task AssertRefusedAsync(string stateDirectory, params (string Name, string Value)[] variables)
    {
        foreach (var arguments in (string[][])[["ddb", "list-tables"], ["db", "create"], ["cognito", "newest-code"]])
        {
            var (exitCode, output, error) = await RunAsync(stateDirectory, variables, arguments);

            Assert.Equal((1, ""), (exitCode, output));
            Assert.Contains("Start the system with `dotnet run --project AppHost`", error, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Trim());
        }
    }

    /// <summary>Runs a verb in a directory that is no checkout, without any setting of the AppHost.</summary>
    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string? stateDirectory, (string Name, string Value)[] variables, params string[] arguments)
    {
        var path = typeof(SessionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "SeederPath").Value!;
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            WorkingDirectory = _directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["State__Directory"] = stateDirectory;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Cancelled);
        var error = process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, await output, await error);
    }
}
