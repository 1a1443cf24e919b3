using Npgsql;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>An API that reaches each of its servers through a relay, so that a test can make a server unavailable to it.</summary>
public sealed class RelayedApi : IAsyncDisposable
{
    private readonly ApiFixture _fixture;
    private readonly Dictionary<string, string> _settings;

    private RelayedApi(ApiFixture fixture)
    {
        var servers = fixture.Servers;
        var postgres = new NpgsqlConnectionStringBuilder(servers.Postgres);
        _fixture = fixture;
        DynamoDb = new(servers.DynamoDbEndpoint.Host, servers.DynamoDbEndpoint.Port);
        Postgres = new(postgres.Host!, postgres.Port);
        Cognito = new(servers.CognitoEndpoint.Host, servers.CognitoEndpoint.Port);
        (postgres.Host, postgres.Port) = ("127.0.0.1", Postgres.Port);
        _settings = new()
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = $"http://127.0.0.1:{DynamoDb.Port}",
            ["ConnectionStrings__cruddur"] = postgres.ConnectionString,

            // The address of Cognito is in its tokens, so it stays. The relay is reached as an HTTP proxy.
            ["http_proxy"] = $"http://127.0.0.1:{Cognito.Port}",
            ["no_proxy"] = "127.0.0.1",
        };
    }

    /// <summary>The way to DynamoDB.</summary>
    public TcpRelay DynamoDb { get; }

    /// <summary>The way to Postgres.</summary>
    public TcpRelay Postgres { get; }

    /// <summary>The way to Cognito.</summary>
    public TcpRelay Cognito { get; }

    /// <summary>The process.</summary>
    public ApiProcess Process { get; private set; } = null!;

    /// <summary>Starts the relays and the API.</summary>
    /// <param name="fixture">The servers.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="outage">Cognito's state at the start; null when it is available.</param>
    public static async Task<RelayedApi> StartAsync(ApiFixture fixture, CancellationToken cancellationToken, Outage? outage = null)
    {
        var api = new RelayedApi(fixture);
        if (outage is { } atStart)
        {
            api.Cognito.Start(atStart);
        }

        await api.RestartAsync(cancellationToken);
        return api;
    }

    /// <summary>Starts the API again, on another port, after its process has ended.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken) =>
        Process = await _fixture.StartApiAsync(cancellationToken, _settings);

    /// <summary>A signed-in caller of this API.</summary>
    public ApiClient NewClient(TestUser user) => new(Process.Address, user);

    /// <summary>Waits until the API is healthy.</summary>
    public Task UntilHealthyAsync(CancellationToken cancellationToken) => Process.UntilHealthyAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        await DynamoDb.DisposeAsync();
        await Postgres.DisposeAsync();
        await Cognito.DisposeAsync();
    }
}
