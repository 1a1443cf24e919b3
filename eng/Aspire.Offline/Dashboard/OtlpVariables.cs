namespace Aspire.Hosting.Dashboard;

/// <summary>The environment variables by which a process sends its telemetry to the dashboard, over gRPC.</summary>
internal sealed class OtlpVariables(DistributedApplicationModel model, DashboardOptions options, IHostEnvironment environment)
{
    public void AddTo(Dictionary<string, object> variables)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = model.Resources.TryGetByName(DashboardResource.Name, out var dashboard)
            ? ((IResourceWithEndpoints)dashboard).GetEndpoint(DashboardResource.OtlpGrpcEndpoint)
            : options.OtlpGrpcUrl ?? "http://localhost:18889";
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        if (options.OtlpApiKey is { } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        if (environment.IsDevelopment())
        {
            // Telemetry shows in the dashboard after a second. The defaults suit production and are up to a minute.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }
}
