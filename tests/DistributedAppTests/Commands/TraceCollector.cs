using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cruddur.DistributedAppTests.Commands;

/// <summary>
/// Receives traces over OTLP/gRPC, as the dashboard does, and stores the bytes. Protocol buffers contain strings as they are.
/// </summary>
public sealed class TraceCollector : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>An uncompressed message of no bytes.</summary>
    private static readonly byte[] EmptyMessage = new byte[5];

    private readonly WebApplication _app;
    private readonly StringBuilder _received = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TraceCollector(WebApplication app) => _app = app;

    /// <summary>The address that processes send their telemetry to.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts a collector on a free port.</summary>
    public static async Task<TraceCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var collector = new TraceCollector(builder.Build());
        collector._app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", collector.ReceiveAsync);
        await collector._app.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>Waits until the traces contain a text. After <see cref="Timeout"/> the test fails.</summary>
    public async Task WaitForAsync(string text, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Timeout);
        while (true)
        {
            Task change;
            lock (_received)
            {
                if (_received.ToString().Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                change = _change.Task;
            }

            await change.WaitAsync(timer.Token);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (signal is "trace")
        {
            lock (_received)
            {
                _received.Append(Encoding.UTF8.GetString(body.ToArray()));
                _change.SetResult();
                _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(EmptyMessage, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
