using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Settings of an application.</summary>
public sealed class DistributedApplicationOptions
{
    private readonly Lazy<Assembly?> _assembly;

    public DistributedApplicationOptions() => _assembly = new(() =>
        AssemblyName is { Length: > 0 } name ? System.Reflection.Assembly.Load(name) : System.Reflection.Assembly.GetEntryAssembly());

    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; the entry assembly by default.</summary>
    internal string? AssemblyName { get; set; }

    public string? DashboardApplicationName { get; set; }

    public bool DisableDashboard { get; set; }

    /// <summary>Writes the logs of all resources to the AppHost's own log.</summary>
    internal bool EnableResourceLogging { get; set; }

    internal Assembly? Assembly => _assembly.Value;

    /// <summary>The directory of the AppHost's project.</summary>
    internal string? ProjectDirectory => Metadata("apphostprojectpath");

    /// <summary>A value that the build has written to the AppHost's assembly.</summary>
    internal string? Metadata(string key) => Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
