using Amazon.DynamoDBv2;
using Cruddur.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

[assembly: AssemblyFixture(typeof(Cruddur.ApiTests.Infrastructure.ApiFixture))]

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>The servers and one API, for all tests. Tests make their own users, and so don't meet in each other's data.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    /// <summary>The origin that the API takes for the front end's.</summary>
    public const string FrontendOrigin = "http://localhost:3000";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(6);

    private RunningServers? _servers;
    private ApiProcess? _api;

    /// <summary>The servers.</summary>
    public RunningServers Servers => _servers!;

    /// <summary>The API, with the settings that the AppHost would give it.</summary>
    public ApiProcess Api => _api!;

    /// <summary>Makes users.</summary>
    public TestUsers Users { get; private set; } = null!;

    /// <summary>Postgres itself.</summary>
    public NpgsqlDataSource Postgres { get; private set; } = null!;

    /// <summary>DynamoDB itself.</summary>
    public IAmazonDynamoDB DynamoDb { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _servers = await RunningServers.StartAsync(StartTimeout);
        using var timer = new CancellationTokenSource(StartTimeout);
        Postgres = NpgsqlDataSource.Create(_servers.Postgres);
        DynamoDb = NewDynamoDb();
        Users = new(_servers, Postgres);
        _api = await StartApiAsync(timer.Token);
    }

    /// <summary>Starts another API.</summary>
    /// <param name="settings">What is different from <see cref="Api"/>.</param>
    public Task<ApiProcess> StartApiAsync(CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string>> settings) =>
        ApiProcess.StartAsync(cancellationToken, Servers.Environment, [new("FRONTEND_URL", FrontendOrigin)], settings);

    /// <summary>The stores of another process, by themselves.</summary>
    /// <param name="services">What they have of their own, such as a clock.</param>
    public IHost NewStores(Action<IServiceCollection> services)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:cruddur", Servers.Postgres)]);
        builder.AddCruddurData();
        services(builder.Services.AddLogging().AddSingleton(DynamoDb));
        return builder.Build();
    }

    /// <summary>A client of DynamoDB itself.</summary>
    public MeteredDynamoDb NewDynamoDb() => new(Servers.DynamoDbEndpoint);

    /// <summary>A new user, signed in at <see cref="Api"/>.</summary>
    public async Task<ApiClient> NewCallerAsync(CancellationToken cancellationToken) =>
        new(Api.Address, await Users.NewAsync(cancellationToken));

    /// <summary>Two new users, signed in at <see cref="Api"/>.</summary>
    public async Task<(ApiClient One, ApiClient Other)> NewPairAsync(CancellationToken cancellationToken) =>
        (await NewCallerAsync(cancellationToken), await NewCallerAsync(cancellationToken));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        Users?.Dispose();
        DynamoDb?.Dispose();
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }

        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
