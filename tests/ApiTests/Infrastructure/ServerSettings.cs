using System.Collections;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Cruddur.AppHost;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Startup;
using Cruddur.Tests;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>
/// The seeded servers that the tests run against, as the environment variables of an API: those of this process, where it
/// was handed them, or else those of an AppHost that is started for the tests.
/// </summary>
public sealed class ServerSettings : IAsyncDisposable
{
    private const string ConnectionString = "ConnectionStrings__cruddur";
    private const string DynamoDb = "AWS_ENDPOINT_URL_DYNAMODB";
    private const string Cognito = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER";

    private readonly AppHostTurn? _turn;
    private readonly DistributedApplication? _app;
    private readonly DirectoryInfo? _state;

    private ServerSettings(IReadOnlyDictionary<string, string> environment, AppHostTurn? turn = null, DistributedApplication? app = null, DirectoryInfo? state = null)
    {
        Environment = environment;
        _turn = turn;
        _app = app;
        _state = state;
    }

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The connection string to Postgres.</summary>
    public string Postgres => Environment[ConnectionString];

    /// <summary>Where DynamoDB answers.</summary>
    public Uri DynamoDbEndpoint => new(Environment[DynamoDb]);

    /// <summary>Where Cognito answers.</summary>
    public Uri CognitoEndpoint => new(Environment[Cognito]);

    /// <summary>Finds the servers, or starts them.</summary>
    /// <param name="patience">How long the servers may take to start, once it is this test program's turn.</param>
    public static async Task<ServerSettings> FindAsync(TimeSpan patience)
    {
        if (System.Environment.GetEnvironmentVariable(ConnectionString) is not null)
        {
            var handed = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Where(variable => (string)variable.Key is ConnectionString || ((string)variable.Key).StartsWith("AWS_", StringComparison.Ordinal))
                .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
            return new(handed);
        }

        var turn = await AppHostTurn.TakeAsync(TestContext.Current.CancellationToken);
        using var timer = new CancellationTokenSource(patience);
        var cancellationToken = timer.Token;

        var state = Directory.CreateTempSubdirectory("cruddur-api-tests-");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([$"--{StateDirectory.Setting}={state.FullName}"], cancellationToken);
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(CruddurResources.Api, cancellationToken);

        var environment = new Dictionary<string, string>
        {
            [ConnectionString] = (await app.GetConnectionStringAsync(CruddurResources.Database, cancellationToken))!,
            [DynamoDb] = Address(app, CruddurResources.DynamoDb),
            [Cognito] = Address(app, CruddurResources.Cognito),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_COGNITO_USER_POOL_ID"] = LocalPool.PoolId,
            ["AWS_COGNITO_USER_POOL_CLIENT_ID"] = LocalPool.ClientId,
        };
        return new(environment, turn, app, state);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _turn?.Dispose();
        _state?.Delete(recursive: true);
    }

    private static string Address(DistributedApplication app, string resource) =>
        app.GetEndpoint(resource, "http").ToString().TrimEnd('/');
}
