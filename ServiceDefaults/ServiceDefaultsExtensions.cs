using System.Diagnostics;
using Cruddur.ServiceDefaults.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Cruddur.ServiceDefaults;

/// <summary>What every C# process of Cruddur shares: telemetry, health and resilient outgoing HTTP.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Path of the readiness probe: 200 when the process and what it depends on can serve requests, 503 otherwise.</summary>
    public const string HealthPath = "/health";

    /// <summary>Path of the liveness probe: 200 as long as the process answers at all.</summary>
    public const string AlivePath = "/alive";

    /// <summary>Tag of the health checks that make up <see cref="AlivePath"/>.</summary>
    public const string LiveTag = "live";

    /// <summary>Telemetry only: for a worker that serves no HTTP.</summary>
    /// <param name="builder">The worker's host builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddBasicServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry(tracing => { }, metrics => { });
        return builder;
    }

    /// <summary>Telemetry, health checks, and retries, timeouts and service discovery for every <see cref="HttpClient"/>: for a web application.</summary>
    /// <param name="builder">The web application's builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry(
            tracing => tracing.AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context)),
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

    /// <summary>Maps <see cref="HealthPath"/> and <see cref="AlivePath"/>, open to callers without a token.</summary>
    /// <param name="app">The web application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        // Probes come every few seconds: neither they nor the queries of their checks belong in the list of traces.
        app.UseWhen(IsProbe, probe => probe.Use(async (context, next) =>
        {
            using var _ = SuppressInstrumentationScope.Begin();
            await next(context);
        }));
        app.MapHealthChecks(HealthPath).AllowAnonymous();
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).AllowAnonymous();
        return app;
    }

    private static void ConfigureOpenTelemetry(
        this IHostApplicationBuilder builder, Action<TracerProviderBuilder> configureTracing, Action<MeterProviderBuilder> configureMetrics)
    {
        // Without a collector nobody reads the telemetry, and setting it up would only cost start-up time.
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
                    .AddHttpClientInstrumentation(options => options.FilterHttpRequestMessage = _ => !AwsTelemetry.IsPartOfAwsCall(Activity.Current));
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

    private static bool IsProbe(HttpContext context) =>
        context.Request.Path.StartsWithSegments(HealthPath) || context.Request.Path.StartsWithSegments(AlivePath);
}
