using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Processes;

/// <summary>Telemetry of the C# processes.</summary>
public static class TelemetryExtensions
{
    /// <summary>The variable that limits the time of one export.</summary>
    internal const string TimeoutVariable = "OTEL_EXPORTER_OTLP_TIMEOUT";

    /// <summary>The limit, in milliseconds.</summary>
    internal const string TimeoutMilliseconds = "1000";

    /// <summary>
    /// Gives a process one second to export its last telemetry. OpenTelemetry's default is ten seconds, which a process waits for at
    /// its end when the dashboard is off or has ended first. The dashboard is on this machine, and answers at once or never.
    /// A published process keeps the default, because its collector can be on another machine.
    /// See https://opentelemetry.io/docs/languages/sdk-configuration/otlp-exporter/#otel_exporter_otlp_timeout.
    /// </summary>
    /// <param name="project">The process.</param>
    public static IResourceBuilder<ProjectResource> WithShortExportTimeout(this IResourceBuilder<ProjectResource> project) =>
        project.ApplicationBuilder.ExecutionContext.IsRunMode
            ? project.WithEnvironment(TimeoutVariable, TimeoutMilliseconds)
            : project;
}
