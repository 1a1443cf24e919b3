namespace Aspire.Hosting.Dcp;

/// <summary>The paths of the orchestrator and the dashboard, and the choice of ports.</summary>
internal sealed class EngineOptions(IConfiguration configuration, DistributedApplicationOptions options)
{
    /// <summary>The release of Aspire: of its programs, and of the API here.</summary>
    public const string Version = "13.5.4";

    /// <summary>The orchestrator: <c>ASPIRE_DCP_PATH</c> (a directory), else where the build installed it.</summary>
    public string DcpPath { get; } = configuration["ASPIRE_DCP_PATH"] is { Length: > 0 } directory
        ? Path.Combine(directory, OperatingSystem.IsWindows() ? "dcp.exe" : "dcp")
        : configuration["DcpPublisher:CliPath"] ?? options.Metadata("dcpclipath")
            ?? throw new DistributedApplicationException("The AppHost's project does not import Aspire.Offline.AppHost.targets.");

    /// <summary>The dashboard: <c>ASPIRE_DASHBOARD_PATH</c> (a file), else where the build installed it.</summary>
    public string DashboardPath { get; } = configuration["ASPIRE_DASHBOARD_PATH"] is { Length: > 0 } file ? file
        : configuration["DcpPublisher:DashboardPath"] ?? options.Metadata("aspiredashboardpath") ?? "";

    /// <summary>Whether fixed ports are replaced by random ones, so that several tests can run at the same time.</summary>
    public bool RandomizePorts { get; } = configuration.GetValue("DcpPublisher:RandomizePorts", false);
}
