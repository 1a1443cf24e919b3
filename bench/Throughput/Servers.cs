using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Cruddur.AppHost;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.State;
using Cruddur.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cruddur.Throughput;

/// <summary>The seeded servers of an AppHost with an empty state, and one API process without telemetry and limits.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly TestState _state;
    private readonly DistributedApplication _app;
    private readonly Process _api;

    private Servers(TestState state, DistributedApplication app, Process api, Uri address, string accessToken)
    {
        (_state, _app, _api, Api, AccessToken) = (state, app, api, address, accessToken);
        DynamoDb = app.GetEndpoint(CruddurResources.DynamoDb, "http");
    }

    /// <summary>Where the API answers.</summary>
    public Uri Api { get; }

    /// <summary>Where DynamoDB Local answers.</summary>
    public Uri DynamoDb { get; }

    /// <summary>An access token of <c>andrewbrown</c>.</summary>
    public string AccessToken { get; }

    /// <summary>The processor time of the API so far.</summary>
    public TimeSpan ApiProcessorTime
    {
        get
        {
            _api.Refresh();
            return _api.TotalProcessorTime;
        }
    }

    /// <summary>The physical memory of the API, in bytes.</summary>
    public long ApiMemory
    {
        get
        {
            _api.Refresh();
            return _api.WorkingSet64;
        }
    }

    /// <summary>Starts everything. Afterwards the environment variables of this process lead to the databases.</summary>
    public static async Task<Servers> StartAsync()
    {
        using var timer = new CancellationTokenSource(StartTimeout);
        var state = new TestState();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--{StateDirectory.Setting}={state.Path}"], timer.Token);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var app = await builder.BuildAsync(timer.Token);
        await app.StartAsync(timer.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(CruddurResources.Api, timer.Token);

        // The AppHost's own API and front end would take part of the machine.
        foreach (var resource in new[] { CruddurResources.Frontend, CruddurResources.Api })
        {
            await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, timer.Token);
        }

        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__cruddur"] = await app.GetConnectionStringAsync(CruddurResources.Database, timer.Token),
            ["AWS_ENDPOINT_URL_DYNAMODB"] = app.GetEndpoint(CruddurResources.DynamoDb, "http").GetLeftPart(UriPartial.Authority),
            ["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] =
                app.GetEndpoint(CruddurResources.Cognito, "http").GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_COGNITO_USER_POOL_ID"] = LocalPool.PoolId,
            ["AWS_COGNITO_USER_POOL_CLIENT_ID"] = LocalPool.ClientId,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Logging__LogLevel__Cruddur"] = "Warning",
            ["Limits__Reads__Burst"] = $"{int.MaxValue}",
            ["Limits__Writes__Burst"] = $"{int.MaxValue}",
        };
        foreach (var (name, value) in settings)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        var (api, address) = await StartApiAsync(timer.Token);
        return new(state, app, api, address, await SignInAsync(app, timer.Token));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _api.Kill();
        await _api.WaitForExitAsync();
        _api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _state.DisposeAsync();
    }

    private static async Task<(Process Api, Uri Address)> StartApiAsync(CancellationToken cancellationToken)
    {
        const string Listening = "Now listening on: ";
        var path = typeof(Servers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ApiPath").Value!;
        var api = Process.Start(new ProcessStartInfo("dotnet", [path])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(path)!,
        })!;
        while (await api.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = api.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return (api, new(line[(at + Listening.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException("The API ended before it was ready.");
    }

    private static async Task<string> SignInAsync(DistributedApplication app, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = app.GetEndpoint(CruddurResources.Cognito, "http") };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Headers = { { "X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth" } },
            Content = JsonContent.Create(
                new
                {
                    AuthFlow = "USER_PASSWORD_AUTH",
                    ClientId = LocalPool.ClientId,
                    AuthParameters = new { USERNAME = "andrewbrown", PASSWORD = "Testing1234!" },
                },
                new("application/x-amz-json-1.1"),
                JsonSerializerOptions.Default),
        };
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return result.GetProperty("AuthenticationResult").GetProperty(nameof(AccessToken)).GetString()!;
    }
}
