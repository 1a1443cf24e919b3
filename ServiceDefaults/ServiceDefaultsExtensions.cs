using System.Diagnostics;
using Cruddur.ServiceDefaults.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Cruddur.ServiceDefaults;

/// <summary>The defaults of every C# process of Cruddur: telemetry, health checks and resilient outgoing HTTP.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Path of the readiness probe. 200 <c>Healthy</c> if the process can serve all requests; 200 <c>Degraded</c> if a server that only
    /// some requests need is unavailable; 503 <c>Unhealthy</c> if the process should get no requests.
    /// </summary>
    public const string HealthPath = "/health";

    /// <summary>Path of the liveness probe: 200 as long as the process answers. Servers that it depends on don't matter.</summary>
    public const string AlivePath = "/alive";

    /// <summary>Tag of the health checks that make up <see cref="AlivePath"/>.</summary>
    public const string LiveTag = "live";

    /// <summary>Adds telemetry, for a worker that serves no HTTP.</summary>
    /// <param name="builder">The worker's host builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddBasicServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry(tracing => { }, metrics => { });
        return builder;
    }

    /// <summary>
    /// Adds telemetry, health checks, and retries, timeouts and service discovery for every <see cref="HttpClient"/>: for a web
    /// application.
    /// </summary>
    /// <param name="builder">The web application's builder.</param>
    /// <param name="streamPaths">
    /// Paths of endless responses. They are not traced: a span is exported when it ends, and until then each of its children looks
    /// like the root of a trace.
    /// </param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, params PathString[] streamPaths)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry(
            // Neither probes, which arrive every few seconds, nor preflights belong in the list of traces.
            tracing => tracing.AddAspNetCoreInstrumentation(options => options.Filter = context =>
                !IsProbe(context) && !IsPreflight(context.Request) && !streamPaths.Contains(context.Request.Path)),
            metrics => metrics.AddAspNetCoreInstrumentation());

        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Maps <see cref="HealthPath"/> and <see cref="AlivePath"/>. Neither needs a token.</summary>
    /// <param name="app">The web application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(HealthPath).AllowAnonymous();
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).AllowAnonymous();
        return app;
    }

    private static void ConfigureOpenTelemetry(
        this IHostApplicationBuilder builder, Action<TracerProviderBuilder> configureTracing, Action<MeterProviderBuilder> configureMetrics)
    {
        // Without a collector nobody reads the telemetry, and setting it up only makes the start slower.
        if (string.IsNullOrWhiteSpace(builder.Configuration[SettingNames.OtlpEndpoint]))
        {
            return;
        }

        AwsTelemetry.Register();

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing =>
            {
                tracing
                    .AddSource(TelemetryNames.OwnSources, TelemetryNames.AwsSources, TelemetryNames.Npgsql)
                    .AddHttpClientInstrumentation(options =>
                        options.FilterHttpRequestMessage = _ => IsTraced(Activity.Current));
                configureTracing(tracing);
            })
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(TelemetryNames.OwnSources, TelemetryNames.AwsSources, TelemetryNames.Npgsql)
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation();
                configureMetrics(metrics);
            })
            .UseOtlpExporter();
    }

    /// <summary>Whether an outgoing request belongs to a recorded trace, and is not a step of a call of the AWS SDK.</summary>
    private static bool IsTraced(Activity? request) => request?.Parent is { Recorded: true } parent && !AwsTelemetry.IsAwsCall(parent);

    private static bool IsProbe(HttpContext context) =>
        context.Request.Path.StartsWithSegments(HealthPath) || context.Request.Path.StartsWithSegments(AlivePath);

    /// <summary>Whether a browser asks for permission to send the request that follows.</summary>
    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);
}
