using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Startup;

/// <summary>Telemetry of the C# processes.</summary>
public static class TelemetryExtensions
{
    private const string TimeoutMilliseconds = "1000";

    /// <summary>
    /// Gives a process a second to hand in its last telemetry. OpenTelemetry's default is ten, which a process waits for at its
    /// end where the dashboard is off or has ended before it; and the dashboard is on this machine, and answers at once or never.
    /// See https://opentelemetry.io/docs/languages/sdk-configuration/otlp-exporter/#otel_exporter_otlp_timeout.
    /// </summary>
    /// <param name="project">The process.</param>
    public static IResourceBuilder<ProjectResource> WithPromptTelemetry(this IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", TimeoutMilliseconds);
}
