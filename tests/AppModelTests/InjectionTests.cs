namespace Cruddur.AppModelTests;

/// <summary>The environment and the arguments of a process.</summary>
public sealed class InjectionTests(InjectionTests.Application application) : IClassFixture<InjectionTests.Application>
{
    private Dictionary<string, string> Env => application.Probe.Env;

    private Uri Server => application.App.GetEndpoint("server", "http");

    [Fact]
    public void A_connection_string_is_composed_of_an_endpoint_and_a_secret() =>
        Assert.Equal($"Host=localhost;Port={Server.Port};Password=p@ss w0rd", Env["ConnectionStrings__db"]);

    [Fact]
    public void A_service_is_found_by_name_and_scheme()
    {
        Assert.Equal($"http://localhost:{application.App.GetEndpoint("other", "http").Port}", Env["services__other__http__0"]);
        Assert.Equal(Env["services__other__http__0"], Env["OTHER_HTTP"]);
    }

    [Fact]
    public void An_endpoint_other_than_http_is_found_by_its_name()
    {
        Assert.Equal(application.App.GetEndpoint("other", "admin").ToString().TrimEnd('/'), Env["services__other__admin__0"]);
        Assert.Equal(Env["services__other__admin__0"], Env["OTHER_ADMIN"]);
    }

    [Fact]
    public void An_endpoint_in_the_environment_is_its_url() => Assert.Equal(Server.ToString().TrimEnd('/'), Env["SERVER_URL"]);

    [Fact]
    public void An_interpolated_string_is_expanded() => Assert.Equal($"localhost:{Server.Port}/eu-west-1", Env["INTERPOLATED"]);

    [Fact]
    public void A_parameter_is_its_value() => Assert.Equal("eu-west-1", Env["REGION"]);

    [Fact]
    public void A_callback_runs_when_the_process_starts() => Assert.Equal("from a callback", Env["CALLED_BACK"]);

    [Fact]
    public void A_later_value_replaces_an_earlier_one() => Assert.Equal("second", Env["TWICE"]);

    [Fact]
    public void Arguments_keep_their_order_and_are_expanded() =>
        Assert.Equal(["first", "--server", Server.ToString().TrimEnd('/'), "eu-west-1", "last one"], application.Probe.Args);

    [Fact]
    public void A_process_gets_the_port_behind_the_proxy()
    {
        Assert.NotEqual($"{application.App.GetEndpoint("probe", "http").Port}", Env["PORT"]);
        Assert.Equal(Env["PORT"], Env["SAME_PORT"]);
    }

    [Fact]
    public async Task The_environment_is_published()
    {
        var shown = await application.App.WaitForStateAsync("probe", KnownResourceStates.Running, Limit.Token);
        Assert.Contains(shown.EnvironmentVariables, v => v is { Name: "REGION", Value: "eu-west-1", IsFromSpec: true });
        Assert.Contains(shown.EnvironmentVariables, v => v is { Name: "PATH", IsFromSpec: false });
    }

    [Fact]
    public async Task References_are_relationships()
    {
        var shown = await application.App.WaitForStateAsync("probe", KnownResourceStates.Running, Limit.Token);
        Assert.Contains(shown.Relationships, r => r is { ResourceName: "db", Type: "Reference" });
        Assert.Contains(shown.Relationships, r => r is { ResourceName: "other", Type: "Reference" });
        Assert.Contains(shown.Relationships, r => r is { ResourceName: "region", Type: "Reference" });
    }

    public sealed class Application : IAsyncLifetime
    {
        private DistributedApplication? _app;
        private Probe? _probe;

        public DistributedApplication App => _app!;

        internal Probe Probe => _probe!;

        public async ValueTask InitializeAsync()
        {
            var builder = Sample.NewBuilder();
            var region = builder.AddParameter("region", "eu-west-1");
            var password = builder.AddParameter("password", "p@ss w0rd", secret: true);
            var server = builder.AddServer("server");
            var http = server.GetEndpoint("http");
            var db = builder.AddResource(new Database("db", http, password.Resource));
            var other = builder.AddProject<Projects.Probe>("other").WithHttpEndpoint(name: "admin");
            var probe = builder.AddServer("probe", "first", "--server", http, region, "last one");
            probe.WithReference(db)
                .WithReference(other)
                .WithEnvironment("SERVER_URL", http)
                .WithEnvironment("INTERPOLATED", $"{http.Property(EndpointProperty.Host)}:{http.Property(EndpointProperty.Port)}/{region}")
                .WithEnvironment("REGION", region)
                .WithEnvironment("SAME_PORT", probe.GetEndpoint("http").Property(EndpointProperty.TargetPort))
                .WithEnvironment("TWICE", "first")
                .WithEnvironment(context => context.EnvironmentVariables["CALLED_BACK"] = "from a callback")
                .WithEnvironment("TWICE", "second");

            _app = await builder.StartAsync(Limit.Token);
            _probe = await App.ProbeAsync("probe", Limit.Token);
        }

        public async ValueTask DisposeAsync()
        {
            if (_app is not null)
            {
                await _app.DisposeAsync();
            }
        }
    }

    /// <summary>A database of a server.</summary>
    private sealed class Database(string name, EndpointReference endpoint, ParameterResource password)
        : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};Password={password}");
    }
}
