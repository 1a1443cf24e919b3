using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;
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
        var environment = builder.ApplicationBuilder.Environment;
        return builder.WithAnnotation(annotation).WithEnvironment(context =>
        {
            if (builder.Resource.Annotations.OfType<OtlpExporterAnnotation>().Last() != annotation)
            {
                return;
            }

            var services = context.ExecutionContext.Services;
            var options = services.GetRequiredService<DashboardOptions>();
            var variables = context.EnvironmentVariables;
            (variables["OTEL_EXPORTER_OTLP_ENDPOINT"], variables["OTEL_EXPORTER_OTLP_PROTOCOL"]) =
                Destination(services.GetRequiredService<DistributedApplicationModel>(), options, annotation.RequiredProtocol);
            if (options.OtlpApiKey is { } key)
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

    /// <summary>Where telemetry goes: over gRPC where both are possible and none is asked for; to where a dashboard would be where there is none.</summary>
    private static (object Url, string Protocol) Destination(DistributedApplicationModel model, DashboardOptions options, OtlpProtocol? required)
    {
        var dashboard = model.Resources.TryGetByName(DashboardResource.Name, out var resource) ? (IResourceWithEndpoints)resource : null;
        var (grpc, http) = (Url(DashboardResource.OtlpGrpcEndpoint, options.OtlpGrpcUrl), Url(DashboardResource.OtlpHttpEndpoint, options.OtlpHttpUrl));
        return required switch
        {
            OtlpProtocol.HttpProtobuf => (http ?? throw Missing("http/protobuf"), "http/protobuf"),
            OtlpProtocol.HttpJson => (http ?? throw Missing("http/json"), "http/json"),
            null when grpc is null && http is not null => (http, "http/protobuf"),
            _ => (grpc ?? "http://localhost:18889", "grpc"),
        };

        object? Url(string endpoint, string? configured) => dashboard?.GetEndpoint(endpoint) is { Exists: true } reference ? reference : configured;

        static DistributedApplicationException Missing(string protocol) =>
            new($"OtlpExporter is configured to require {protocol}, but no endpoint was configured for ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
    }
}
