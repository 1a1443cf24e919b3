using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppModelTests.Offline;

/// <summary>Behaviour that differs from that of the packages.</summary>
public sealed class EngineTests
{
    [Fact]
    public async Task A_port_in_use_is_reported()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var builder = Sample.NewBuilder("--DcpPublisher:RandomizePorts=false");
        builder.AddServer("server").WithEndpoint("http", e => e.Port = port);
        await using var app = await builder.BuildAsync(Limit.Token);
        var clock = Stopwatch.StartNew();

        var inUse = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Limit.Token));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        Assert.Contains($"Port {port}", inUse.Message, StringComparison.Ordinal);
        Assert.Contains("'server'", inUse.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_looks_like_a_template_is_not_expanded()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server", "{{ .Name }}").WithEnvironment("TEMPLATE", "  {{ portFor \"server\" }} {{{ ");
        await using var app = await builder.StartAsync(Limit.Token);

        var probe = await app.ProbeAsync("server", Limit.Token);
        Assert.Equal(["{{ .Name }}"], probe.Args);
        Assert.Equal("  {{ portFor \"server\" }} {{{ ", probe.Env["TEMPLATE"]);
    }

    [Fact]
    public async Task A_health_check_that_began_before_a_restart_does_not_count()
    {
        var builder = Sample.NewBuilder();
        var (began, answer) = (new TaskCompletionSource(), new TaskCompletionSource<HealthCheckResult>());
        builder.Services.AddHealthChecks().AddAsyncCheck("check", async () =>
        {
            if (!began.TrySetResult())
            {
                return HealthCheckResult.Unhealthy("second run");
            }

            return await answer.Task;
        });
        builder.AddServer("server").WithHealthCheck("check");
        await using var app = await builder.StartAsync(Limit.Token);
        await began.Task.WaitAsync(Limit.Token);
        await app.RunCommandAsync("server", KnownResourceCommands.RestartCommand, Limit.Token);
        var first = await app.WaitForAsync("server", s => s.HealthReports is [{ Description: "second run" }], Limit.Token);

        answer.SetResult(HealthCheckResult.Healthy());

        await app.ResourceNotifications.WaitForResourceAsync(
            "server",
            e =>
            {
                Assert.NotEqual(HealthStatus.Healthy, e.Snapshot.HealthStatus);
                return e.Snapshot.HealthReports[0].LastRunAt > first.HealthReports[0].LastRunAt + TimeSpan.FromSeconds(1);
            },
            Limit.Token);
    }

    [Fact]
    public async Task The_log_says_why_a_start_failed()
    {
        var builder = Sample.NewBuilder();
        builder.AddExecutable("broken", "/there/is/no/such/program", ".");
        await using var app = await builder.StartAsync(Limit.Token);

        await app.WaitForStateAsync("broken", KnownResourceStates.FailedToStart, Limit.Token);
        var lines = await app.LinesAsync("broken", Limit.Token);
        Assert.Contains(lines, l => l.Text.Contains("no such file", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_temporary_directory_is_removed()
    {
        static string[] Sessions() => Directory.GetDirectories(Path.GetTempPath(), $"aspire-dcp-{Environment.ProcessId}-*");
        var builder = Sample.NewBuilder();
        builder.AddServer("server");
        await using (var app = await builder.StartAsync(Limit.Token))
        {
            Assert.Single(Sessions());
        }

        Assert.Empty(Sessions());
    }

    [Theory]
    [InlineData("--operation", "publish")]
    [InlineData("--operation", "inspect")]
    [InlineData("--publisher", "manifest")]
    [InlineData("--AppHost:Operation=Publish")]
    [InlineData("--Publishing:Publisher=manifest")]
    [InlineData("--operation=publish", "--step", "deploy")]
    public void Publishing_is_refused_in_one_line(params string[] args)
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => Sample.NewBuilder(args));

        Assert.Contains("-p:AspireHosting=nuget", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("--operation", "run")]
    [InlineData("--operation=Run", "--publisher=manifest")]
    public void Running_by_name_is_not_refused(params string[] args) => Assert.True(Sample.NewBuilder(args).ExecutionContext.IsRunMode);

    [Fact]
    public void The_Aspire_CLI_is_refused_in_one_line()
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => Sample.NewBuilder("--ASPIRE_BACKCHANNEL_PATH=/tmp/cli.sock"));

        Assert.Contains("dotnet run --project AppHost", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task Unsupported_features_are_refused()
    {
        var builder = Sample.NewBuilder();
        var server = builder.AddServer("server").WithEndpoint(scheme: "https");
        Assert.Throws<NotSupportedException>(() => server.WithEndpoint(name: "udp", protocol: ProtocolType.Udp));
        Assert.Throws<NotSupportedException>(() => server.WithUrl("/relative"));
        await using var app = await builder.BuildAsync(Limit.Token);
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Limit.Token));
        Assert.Contains("https", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kestrel_endpoints_in_the_settings_of_a_project_are_refused()
    {
        var directory = Directory.CreateTempSubdirectory("kestrel-endpoints-");
        try
        {
            WebProject.Path = Path.Combine(directory.FullName, "web.csproj");
            File.WriteAllText(
                Path.Combine(directory.FullName, "appsettings.json"),
                """{ "Kestrel": { "Endpoints": { "Api": { "Url": "http://localhost:5000" } } } }""");

            var refused = Assert.Throws<NotSupportedException>(() => Sample.NewBuilder().AddProject<WebProject>("web"));

            Assert.Contains("Kestrel:Endpoints", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private sealed class WebProject : IProjectMetadata
    {
        public static string Path { get; set; } = "";

        public string ProjectPath => Path;
    }
}
