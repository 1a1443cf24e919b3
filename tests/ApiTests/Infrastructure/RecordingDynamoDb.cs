using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Forwards the calls of an API to DynamoDB, and records them.</summary>
public sealed class RecordingDynamoDb : IAsyncDisposable
{
    private const string TargetHeader = "X-Amz-Target";

    private readonly ConcurrentQueue<string> _calls = new();
    private readonly HttpClient _dynamoDb;
    private readonly WebApplication _app;

    private RecordingDynamoDb(Uri dynamoDb, WebApplication app)
    {
        _dynamoDb = new() { BaseAddress = dynamoDb };
        _app = app;
    }

    /// <summary>The settings of an API that uses this server.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => [new("AWS_ENDPOINT_URL_DYNAMODB", _app.Urls.First())];

    /// <summary>Starts a server on a port of its own.</summary>
    /// <param name="dynamoDb">Where DynamoDB answers.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<RecordingDynamoDb> StartAsync(Uri dynamoDb, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var recording = new RecordingDynamoDb(dynamoDb, builder.Build());
        recording._app.MapPost("/", recording.ForwardAsync);
        await recording._app.StartAsync(cancellationToken);
        return recording;
    }

    /// <summary>The names of the calls since this was last called, such as <c>GetItem</c>.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        var calls = new List<string>();
        while (_calls.TryDequeue(out var call))
        {
            calls.Add(call);
        }

        return calls;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _dynamoDb.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var target = context.Request.Headers[TargetHeader].ToString();
        _calls.Enqueue(target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(context.Request.Body) };
        foreach (var (name, value) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        using var response = await _dynamoDb.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
