namespace Cruddur.AppModelTests;

/// <summary>.NET projects and their launch profiles.</summary>
public sealed class ProjectTests
{
    [Fact]
    public async Task A_project_gets_its_launch_profile_its_own_port_and_its_arguments()
    {
        var builder = Sample.NewBuilder();
        builder.AddProject<Projects.Probe>("api").WithArgs("--one", "two words").WithHttpHealthCheck("/");
        await using var app = await builder.StartAsync(Limit.Token);
        var id = (await app.ResourceNotifications.WaitForResourceHealthyAsync("api", Limit.Token)).ResourceId;

        var probe = await app.ProbeAsync("api", Limit.Token);

        Assert.Equal(["--one", "two words"], probe.Args);
        Assert.Equal("yes", probe.Env["FROM_LAUNCH_PROFILE"]);
        Assert.Equal("http", probe.Env["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("Development", probe.Env["ASPNETCORE_ENVIRONMENT"]);
        Assert.Matches(@"^http://localhost:\d+$", probe.Env["ASPNETCORE_URLS"]);
        Assert.DoesNotContain(":27345", probe.Env["ASPNETCORE_URLS"], StringComparison.Ordinal);
        Assert.Equal("http://localhost:4317", probe.Env["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", probe.Env["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("api", probe.Env["OTEL_SERVICE_NAME"]);
        Assert.Equal($"api-{probe.Env["OTEL_RESOURCE_ATTRIBUTES"]["service.instance.id=".Length..]}", id);
        Assert.Equal("in_memory", probe.Env["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"]);
    }

    [Fact]
    public async Task The_launch_profiles_port_is_used_outside_tests()
    {
        var builder = Sample.NewBuilder("--DcpPublisher:RandomizePorts=false");
        builder.AddProject<Projects.Probe>("api");
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.Equal(27345, app.GetEndpoint("api", "http").Port);
        Assert.NotEqual("http://localhost:27345", (await app.ProbeAsync("api", Limit.Token)).Env["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Replicas_are_processes_behind_one_endpoint()
    {
        var builder = Sample.NewBuilder();
        builder.AddProject<Projects.Probe>("api").WithReplicas(2).WithHttpHealthCheck("/");
        await using var app = await builder.StartAsync(Limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", Limit.Token);

        var (instances, limit) = (new Dictionary<int, string>(), Limit.Token);
        while (instances.Count < 2)
        {
            var probe = await app.ProbeAsync("api", limit);
            instances[probe.Pid] = probe.Env["OTEL_RESOURCE_ATTRIBUTES"];
            await Task.Delay(50, limit);
        }

        Assert.Equal(2, instances.Values.Distinct().Count());
    }
}
