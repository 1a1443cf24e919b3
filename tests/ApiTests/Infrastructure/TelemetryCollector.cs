using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Receives telemetry over OTLP/HTTP and stores the bytes. Protocol buffers contain strings as they are.</summary>
public sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();

    private TelemetryCollector(WebApplication app)
    {
        _app = app;
    }

    /// <summary>The settings with which an API sends its telemetry to this collector.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.First()),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("OTEL_BSP_SCHEDULE_DELAY", "100"),
        new("OTEL_BLRP_SCHEDULE_DELAY", "100"),
        new("OTEL_METRIC_EXPORT_INTERVAL", "100"),
        new("OTEL_TRACES_SAMPLER", "always_on"),
    ];

    /// <summary>Starts a collector on a free port.</summary>
    public static async Task<TelemetryCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new TelemetryCollector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.ReceiveAsync);
        await collector._app.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>Waits until the telemetry of a signal contains a text.</summary>
    /// <param name="signal">The signal: traces, logs or metrics.</param>
    /// <param name="text">The text.</param>
    public Task ReceivedAsync(string signal, string text) =>
        Eventually.TrueAsync(() => Received(signal).Contains(text, StringComparison.Ordinal));

    /// <summary>All received telemetry of a signal: traces, logs or metrics.</summary>
    public string Received(string signal)
    {
        if (!_received.TryGetValue(signal, out var text))
        {
            return "";
        }

        lock (text)
        {
            return text.ToString();
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = _received.GetOrAdd((string)context.Request.RouteValues["signal"]!, _ => new());
        lock (text)
        {
            text.Append(Encoding.UTF8.GetString(body.ToArray()));
        }
    }
}
