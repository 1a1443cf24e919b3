using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.State;
using Cruddur.DistributedAppTests.Commands;
using Cruddur.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Cruddur.DistributedAppTests.RunningCruddur))]

namespace Cruddur.DistributedAppTests;

/// <summary>The whole system, started once for all tests out of an empty data directory of its own.</summary>
public class RunningCruddur : IAsyncLifetime
{
    /// <summary>How long a start may take. The first one on a machine installs npm packages.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    private readonly TestState _state = new();
    private readonly bool _takesTurn;
    private AppHostTurn? _turn;
    private DistributedApplication? _app;

    /// <summary>Starts the system when no other test program runs one.</summary>
    public RunningCruddur()
        : this(takesTurn: true)
    {
    }

    private protected RunningCruddur(bool takesTurn) => _takesTurn = takesTurn;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The system has not been started.");

    /// <summary>The directory in which the servers keep their data.</summary>
    public string StatePath => _state.Path;

    /// <inheritdoc />
    public virtual ValueTask InitializeAsync() => new(StartAsync());

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(TestContext.Current.CancellationToken);
            await _app.DisposeAsync();
        }

        _turn?.Dispose();
        await _state.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the system.</summary>
    /// <param name="settings">Settings of the AppHost.</param>
    private protected async Task StartAsync(params string[] settings)
    {
        _turn = _takesTurn ? await AppHostTurn.TakeAsync(TestContext.Current.CancellationToken) : null;
        using var timer = new CancellationTokenSource(Timeout);
        var builder = await AppHostTesting.CreateBuilderAsync([$"--{StateDirectory.Setting}={_state.Path}", .. settings], timer.Token);

        // Every check fails at first: that is what it is for.
        builder.Services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        _app = await builder.BuildAsync(timer.Token);
        await _app.StartAsync(timer.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync(
            CruddurResources.Frontend, WaitBehavior.StopOnResourceUnavailable, timer.Token);
    }

    /// <summary>The address of a resource, as a browser or a developer reaches it.</summary>
    public Uri Address(string resource) => App.GetEndpoint(resource, "http");

    /// <summary>A client of DynamoDB itself.</summary>
    public AmazonDynamoDBClient NewDynamoDb() =>
        new("local", "local", new AmazonDynamoDBConfig
        {
            ServiceURL = Address(CruddurResources.DynamoDb).ToString(),
            AuthenticationRegion = "us-east-1",
        });

    /// <summary>A client of the API without a token.</summary>
    public HttpClient AnonymousApi() => App.CreateHttpClient(CruddurResources.Api, "http");

    /// <summary>A client of the API, signed in through Cognito.</summary>
    /// <param name="handle">One of the local pool's users.</param>
    public async Task<HttpClient> ApiAsync(string handle, CancellationToken cancellationToken)
    {
        var api = AnonymousApi();
        var tokens = await SignInAsync(handle, cancellationToken);
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return api;
    }

    /// <summary>Signs a user in with the password, as the front end does.</summary>
    /// <param name="user">The handle or the e-mail address.</param>
    public async Task<Tokens> SignInAsync(string user, CancellationToken cancellationToken)
    {
        var result = await CallCognitoAsync(
            "InitiateAuth",
            new
            {
                AuthFlow = "USER_PASSWORD_AUTH",
                LocalPool.ClientId,
                AuthParameters = new { USERNAME = user, PASSWORD = LocalPool.Password },
            },
            cancellationToken);
        return result.GetProperty("AuthenticationResult").Deserialize<Tokens>()!;
    }

    /// <summary>Calls the user pool's API.</summary>
    /// <param name="action">The name of the action, such as <c>InitiateAuth</c>.</param>
    public async Task<JsonElement> CallCognitoAsync(string action, object parameters, CancellationToken cancellationToken)
    {
        using var cognito = App.CreateHttpClient(CruddurResources.Cognito, "http");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Headers = { { "X-Amz-Target", $"AWSCognitoIdentityProviderService.{action}" } },
            Content = JsonContent.Create(parameters, new MediaTypeHeaderValue("application/x-amz-json-1.1"), JsonSerializerOptions.Default),
        };
        using var answer = await cognito.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}

/// <summary>A second system for the tests that delete all data or add much of it.</summary>
public sealed class ScratchCruddur() : RunningCruddur(takesTurn: false)
{
    private TraceCollector? _traces;

    /// <summary>The traces of all processes.</summary>
    public TraceCollector Traces => _traces ?? throw new InvalidOperationException("The system has not been started.");

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        _traces = await TraceCollector.StartAsync(TestContext.Current.CancellationToken);
        await StartAsync($"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={_traces.Address}");
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_traces is not null)
        {
            await _traces.DisposeAsync();
        }
    }
}

/// <summary>What Cognito gives to someone who signs in.</summary>
public sealed record Tokens(string AccessToken, string IdToken);
