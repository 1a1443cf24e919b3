using System.IO.Compression;
using System.Xml.Linq;

namespace Cruddur.AppHostTests;

/// <summary>The choice of the hosting build (<c>eng/AspireHosting</c>), in a fresh checkout.</summary>
public sealed class HostingChoiceTests : IDisposable
{
    private const string DeadFeed = "http://127.0.0.1:1/index.json";

    private static readonly string Repository = Path.GetFullPath(Path.Combine(Projects.AppHost.ProjectPath, ".."));

    private readonly TemporaryCheckout _checkout = new();

    public HostingChoiceTests()
    {
        var choice = Directory.EnumerateFiles(Path.Combine(Repository, "eng", "AspireHosting"));
        foreach (var file in choice.Concat(Directory.EnumerateFiles(Repository, "Directory.Solution.*")))
        {
            _checkout.Write(Path.GetRelativePath(Repository, file), File.ReadAllText(file));
        }

        _checkout.Write("Directory.Build.props", """
            <Project>
              <Import Project="eng/AspireHosting/Choice.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        _checkout.Write("Directory.Build.targets", """<Project><Import Project="eng/AspireHosting/Choose.targets" /></Project>""");
        _checkout.Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <UsesAspireHosting>true</UsesAspireHosting>
              </PropertyGroup>
            </Project>
            """);
        _checkout.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /></Solution>""");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Choice => Path.Combine(_checkout.Path, ".aspire-hosting.props");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task A_feed_without_Aspire_leads_to_the_offline_build()
    {
        UseFeed(Directory.CreateDirectory(Path.Combine(_checkout.Path, "feed")).FullName);

        var output = await _checkout.DotnetAsync("restore", "All.slnx");

        Assert.Contains("Aspire hosting build: offline (the NuGet feed has no Aspire", output, StringComparison.Ordinal);
        Assert.Contains("<AspireHosting>offline<", await File.ReadAllTextAsync(Choice, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_with_Aspire_leads_to_the_nuget_build_until_the_solution_is_cleaned()
    {
        UseFeed(FeedWithAspire());

        Assert.Contains("Aspire hosting build: nuget", await _checkout.DotnetAsync("restore", "App"), StringComparison.Ordinal);
        Assert.Contains("<AspireHosting>nuget<", await File.ReadAllTextAsync(Choice, Cancelled), StringComparison.Ordinal);

        // Cleaning one project leaves the others as they are built.
        await _checkout.DotnetAsync("clean", "App");
        Assert.True(File.Exists(Choice));

        await _checkout.DotnetAsync("clean", "All.slnx");
        Assert.False(File.Exists(Choice));
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_decides_nothing()
    {
        UseFeed(DeadFeed);

        var output = await _checkout.DotnetAsync("restore", "App");
        Assert.Contains("Aspire hosting build: offline (for this build", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Choice));
    }

    [Fact]
    public async Task Before_any_restore_the_project_is_an_AppHost_that_editors_and_the_Aspire_CLI_recognize()
    {
        var appHost = Path.Combine(Repository, "AppHost", "AppHost.csproj");
        var noChoice = $"-property:AspireHostingFile={Path.Combine(_checkout.Path, "none")}";

        var properties = await _checkout.DotnetAsync(
            "msbuild", appHost, noChoice, "-getProperty:IsAspireHost,AspireHostingSDKVersion,AspireHosting");

        Assert.Contains("\"IsAspireHost\": \"true\"", properties, StringComparison.Ordinal);
        Assert.Contains($"\"AspireHostingSDKVersion\": \"{AspireVersion()}\"", properties, StringComparison.Ordinal);
        Assert.Contains("\"AspireHosting\": \"offline\"", properties, StringComparison.Ordinal);
    }

    private static string AspireVersion() =>
        XDocument.Load(Path.Combine(Repository, "eng", "AspireHosting", "Choice.props")).Descendants("AspireVersion").Single().Value;

    private string FeedWithAspire()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_checkout.Path, "feed")).FullName;
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
        _checkout.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{source}" allowInsecureConnections="true" />
              </packageSources>
            </configuration>
            """);
}
