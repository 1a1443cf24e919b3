using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    private readonly Lazy<Assembly?> _assembly;
    private string? _projectDirectory;

    public DistributedApplicationOptions()
    {
        _assembly = new(() => AssemblyName is { Length: > 0 } name ? System.Reflection.Assembly.Load(name) : System.Reflection.Assembly.GetEntryAssembly());
    }

    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, where it is not the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The directory that relative paths of the app model start from.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectory ?? Metadata("apphostprojectpath");
        set => _projectDirectory = value;
    }

    public string? DashboardApplicationName { get; set; }

    public bool DisableDashboard { get; set; }

    /// <summary>Lets the dashboard and its services use http; the environment variable <c>ASPIRE_ALLOW_UNSECURED_TRANSPORT</c> does too.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Writes the logs of all resources to the AppHost's own log.</summary>
    public bool EnableResourceLogging { get; set; }

    internal Assembly? Assembly => _assembly.Value;

    /// <summary>A fact that the build wrote into the AppHost's assembly.</summary>
    internal string? Metadata(string key) => Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
