using System.Globalization;

namespace Cruddur.AppModelTests;

/// <summary>The ports and URLs of endpoints.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task A_fixed_port_is_the_proxys_and_the_process_gets_another()
    {
        var builder = Sample.NewBuilder("--DcpPublisher:RandomizePorts=false");
        builder.AddServer("server").WithEndpoint("http", e => e.Port = 27351);
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.Equal(27351, app.GetEndpoint("server", "http").Port);
        Assert.NotEqual("27351", (await app.ProbeAsync("server", Limit.Token)).Env["PORT"]);
    }

    [Fact]
    public async Task Tests_get_random_ports()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithEndpoint("http", e => e.Port = 27352);
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.NotEqual(27352, app.GetEndpoint("server", "http").Port);
    }

    [Fact]
    public async Task A_process_without_a_proxy_listens_at_the_endpoint_itself()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithEndpoint("http", e =>
        {
            e.IsProxied = false;
            e.Port = 27353;
        });
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.Equal(27353, app.GetEndpoint("server", "http").Port);
        Assert.Equal("27353", (await app.ProbeAsync("server", Limit.Token)).Env["PORT"]);
    }

    [Fact]
    public async Task A_process_without_a_proxy_can_have_any_port()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithEndpoint("http", e => e.IsProxied = false);
        await using var app = await builder.StartAsync(Limit.Token);

        var port = app.GetEndpoint("server", "http").Port.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(port, (await app.ProbeAsync("server", Limit.Token)).Env["PORT"]);
    }

    [Fact]
    public async Task A_fixed_target_port_is_the_one_the_process_binds()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server").WithEndpoint("http", e => e.TargetPort = 27354);
        await using var app = await builder.StartAsync(Limit.Token);

        Assert.NotEqual(27354, app.GetEndpoint("server", "http").Port);
        Assert.Equal("27354", (await app.ProbeAsync("server", Limit.Token)).Env["PORT"]);
    }

    [Fact]
    public async Task A_url_is_active_while_the_process_listens()
    {
        var builder = Sample.NewBuilder();
        builder.AddServer("server")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Front door")
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "Docs", Endpoint = endpoint })
            .WithUrl("https://example.org/help", "Help");
        await using var app = await builder.StartAsync(Limit.Token);
        var url = app.GetEndpoint("server", "http").ToString().TrimEnd('/');

        var shown = await app.WaitForAsync("server", s => s.Urls.Length == 3 && s.Urls.All(u => !u.IsInactive), Limit.Token);
        Assert.Equal(
            [("Docs", $"{url}/docs"), ("Front door", url), ("Help", "https://example.org/help")],
            shown.Urls.Select(u => (u.DisplayProperties.DisplayName, u.Url)).Order());

        await app.RunCommandAsync("server", KnownResourceCommands.StopCommand, Limit.Token);
        await app.WaitForAsync("server", s => s.Urls.Where(u => u.Name == "http").All(u => u.IsInactive), Limit.Token);
    }

    [Fact]
    public void An_endpoint_that_is_not_there_is_named_with_those_that_are()
    {
        var server = Sample.NewBuilder().AddServer("server");

        var missing = Assert.Throws<InvalidOperationException>(() => server.GetEndpoint("admin").Scheme);

        Assert.Contains("`admin`", missing.Message, StringComparison.Ordinal);
        Assert.Contains("`http`", missing.Message, StringComparison.Ordinal);
    }
}
