using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>How telemetry travels.</summary>
public enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
    HttpJson,
}

/// <summary>Sends the telemetry of a resource to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Injects the <c>OTEL_*</c> variables; .NET projects and JavaScript apps have them without asking.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => builder.Add(new OtlpExporterAnnotation());

    /// <inheritdoc cref="WithOtlpExporter{T}(IResourceBuilder{T})"/>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment => builder.Add(new OtlpExporterAnnotation { RequiredProtocol = protocol });

    private static IResourceBuilder<T> Add<T>(this IResourceBuilder<T> builder, OtlpExporterAnnotation annotation)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (configuration, environment) = (builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder.WithAnnotation(annotation).WithEnvironment(context =>
        {
            if (builder.Resource.Annotations.OfType<OtlpExporterAnnotation>().Last() != annotation)
            {
                return;
            }

            var variables = context.EnvironmentVariables;
            var (url, protocol) = DashboardEndpoints.Otlp(configuration, annotation.RequiredProtocol);
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
            if (configuration[DashboardEndpoints.OtlpApiKeyName] is { } key)
            {
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            }

            if (environment.IsDevelopment())
            {
                // A second, not the minute that suits production: what happens shows while one looks.
                variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
                variables["OTEL_TRACES_SAMPLER"] = "always_on";
                variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            }
        });
    }
}
