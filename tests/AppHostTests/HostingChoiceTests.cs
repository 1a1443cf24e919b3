using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Cruddur.AppHostTests;

/// <summary>The choice of the hosting build (<c>eng/AspireHosting</c>), in a fresh checkout.</summary>
public sealed class HostingChoiceTests : IDisposable
{
    private const string DeadFeed = "http://127.0.0.1:1/index.json";

    private static readonly string Repository = Path.GetFullPath(Path.Combine(Projects.AppHost.ProjectPath, ".."));
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly string _checkout = Directory.CreateTempSubdirectory("cruddur-hosting-").FullName;

    public HostingChoiceTests()
    {
        var choice = Directory.EnumerateFiles(Path.Combine(Repository, "eng", "AspireHosting"));
        foreach (var file in choice.Concat(Directory.EnumerateFiles(Repository, "Directory.Solution.*")))
        {
            Write(Path.GetRelativePath(Repository, file), File.ReadAllText(file));
        }

        Write("Directory.Build.props", """
            <Project>
              <Import Project="eng/AspireHosting/Choice.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", """<Project><Import Project="eng/AspireHosting/Choose.targets" /></Project>""");
        Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <UsesAspireHosting>true</UsesAspireHosting>
              </PropertyGroup>
            </Project>
            """);
        Write("All.slnx", """<Solution><Project Path="App/App.csproj" /></Solution>""");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Choice => Path.Combine(_checkout, ".aspire-hosting.props");

    public void Dispose() => Directory.Delete(_checkout, recursive: true);

    [Fact]
    public async Task A_feed_without_Aspire_leads_to_the_offline_build()
    {
        UseFeed(Directory.CreateDirectory(Path.Combine(_checkout, "feed")).FullName);

        var output = await DotnetAsync("restore", "All.slnx");

        Assert.Contains("Aspire hosting build: offline (the NuGet feed has no Aspire", output, StringComparison.Ordinal);
        Assert.Contains("<AspireHosting>offline<", await File.ReadAllTextAsync(Choice, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_with_Aspire_leads_to_the_nuget_build_until_the_solution_is_cleaned()
    {
        UseFeed(FeedWithAspire());

        Assert.Contains("Aspire hosting build: nuget", await DotnetAsync("restore", "App"), StringComparison.Ordinal);
        Assert.Contains("<AspireHosting>nuget<", await File.ReadAllTextAsync(Choice, Cancelled), StringComparison.Ordinal);

        // Cleaning one project leaves the others as they are built.
        await DotnetAsync("clean", "App");
        Assert.True(File.Exists(Choice));

        await DotnetAsync("clean", "All.slnx");
        Assert.False(File.Exists(Choice));
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_decides_nothing()
    {
        UseFeed(DeadFeed);

        Assert.Contains("Aspire hosting build: offline (for this build", await DotnetAsync("restore", "App"), StringComparison.Ordinal);
        Assert.False(File.Exists(Choice));
    }

    [Fact]
    public async Task Before_any_restore_the_project_is_an_AppHost_that_editors_and_the_Aspire_CLI_recognize()
    {
        var appHost = Path.Combine(Repository, "AppHost", "AppHost.csproj");
        var noChoice = $"-property:AspireHostingFile={Path.Combine(_checkout, "none")}";

        var properties = await DotnetAsync("msbuild", appHost, noChoice, "-getProperty:IsAspireHost,AspireHostingSDKVersion,AspireHosting");

        Assert.Contains("\"IsAspireHost\": \"true\"", properties, StringComparison.Ordinal);
        Assert.Contains($"\"AspireHostingSDKVersion\": \"{AspireVersion()}\"", properties, StringComparison.Ordinal);
        Assert.Contains("\"AspireHosting\": \"offline\"", properties, StringComparison.Ordinal);
    }

    private static string AspireVersion() =>
        XDocument.Load(Path.Combine(Repository, "eng", "AspireHosting", "Choice.props")).Descendants("AspireVersion").Single().Value;

    private string FeedWithAspire()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_checkout, "feed")).FullName;
        foreach (var id in (string[])["Aspire.AppHost.Sdk", "Aspire.Hosting.AppHost"])
        {
            using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{AspireVersion()}.nupkg"), ZipArchiveMode.Create);
            using var writer = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
            writer.Write($"""
                <package>
                  <metadata>
                    <id>{id}</id>
                    <version>{AspireVersion()}</version>
                    <authors>test</authors>
                    <description>test</description>
                  </metadata>
                </package>
                """);
        }

        return feed;
    }

    private void UseFeed(string source) =>
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{source}" allowInsecureConnections="true" />
              </packageSources>
            </configuration>
            """);

    private void Write(string path, string content)
    {
        var file = Path.Combine(_checkout, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    /// <summary>Runs a command of the .NET SDK in the checkout, with a packages folder of its own.</summary>
    /// <returns>What it printed.</returns>
    private async Task<string> DotnetAsync(params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new("dotnet", arguments)
            {
                WorkingDirectory = _checkout,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["NUGET_PACKAGES"] = Path.Combine(_checkout, "packages"),
                    // A build server would outlive the test and keep its files open.
                    ["MSBUILDDISABLENODEREUSE"] = "1",
                },
            },
        };
        // What forces a choice on these tests would force it on the checkout too.
        process.StartInfo.Environment.Remove("AspireHosting");
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(Cancelled);
        var error = process.StandardError.ReadToEndAsync(Cancelled);
        try
        {
            await process.WaitForExitAsync(Cancelled).WaitAsync(Timeout, Cancelled);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{await output}{await error}");
        return await output;
    }
}
