using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Cruddur.AppHost;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Processes;
using Cruddur.AppHost.State;
using Cruddur.Tests;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>The seeded servers, and an API of several replicas, as an AppHost starts them for the tests.</summary>
public sealed class RunningServers : IAsyncDisposable
{
    /// <summary>How many replicas the AppHost's API has.</summary>
    public const int Replicas = 2;

    private readonly AppHostTurn _turn;
    private readonly TestState _state;

    private RunningServers(AppHostTurn turn, TestState state, DistributedApplication app, string connectionString)
    {
        (_turn, _state, App) = (turn, state, app);
        Postgres = connectionString;
        DynamoDbEndpoint = app.GetEndpoint(CruddurResources.DynamoDb, "http");
        CognitoEndpoint = app.GetEndpoint(CruddurResources.Cognito, "http");
        ReplicatedApi = app.GetEndpoint(CruddurResources.Api, "http");
        Environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__cruddur"] = Postgres,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = Text(DynamoDbEndpoint),
            ["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = Text(CognitoEndpoint),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_COGNITO_USER_POOL_ID"] = LocalPool.PoolId,
            ["AWS_COGNITO_USER_POOL_CLIENT_ID"] = LocalPool.ClientId,
        };
    }

    /// <summary>The AppHost's application.</summary>
    public DistributedApplication App { get; }

    /// <summary>The environment variables of an API that uses the servers.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The connection string to Postgres.</summary>
    public string Postgres { get; }

    /// <summary>Where DynamoDB answers.</summary>
    public Uri DynamoDbEndpoint { get; }

    /// <summary>Where Cognito answers.</summary>
    public Uri CognitoEndpoint { get; }

    /// <summary>Where the AppHost's API answers: each connection at one of the <see cref="Replicas"/>.</summary>
    public Uri ReplicatedApi { get; }

    /// <summary>Starts the servers.</summary>
    /// <param name="timeout">How long they may take to start, once it is this test program's turn.</param>
    public static async Task<RunningServers> StartAsync(TimeSpan timeout)
    {
        var turn = await AppHostTurn.TakeAsync(TestContext.Current.CancellationToken);
        using var timer = new CancellationTokenSource(timeout);
        var state = new TestState();
        var builder = await AppHostTesting.CreateBuilderAsync(
            [$"--{StateDirectory.Setting}={state.Path}", $"--{ApiReplicas.Setting}={Replicas}"], timer.Token);
        var app = await builder.BuildAsync(timer.Token);
        await app.StartAsync(timer.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(CruddurResources.Api, timer.Token);
        return new(turn, state, app, (await app.GetConnectionStringAsync(CruddurResources.Database, timer.Token))!);
    }

    /// <summary>Waits until all replicas of the AppHost's API are healthy.</summary>
    /// <returns>The ids of the replicas.</returns>
    public async Task<IReadOnlyCollection<string>> ReplicasHealthyAsync(CancellationToken cancellationToken)
    {
        var healthy = new HashSet<string>();
        await foreach (var change in App.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (change.Resource.Name == CruddurResources.Api
                && change.Snapshot.State?.Text == KnownResourceStates.Running
                && change.Snapshot.HealthStatus is HealthStatus.Healthy)
            {
                healthy.Add(change.ResourceId);
                if (healthy.Count == Replicas)
                {
                    break;
                }
            }
        }

        return healthy;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _turn.Dispose();
        await _state.DisposeAsync();
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');
}
