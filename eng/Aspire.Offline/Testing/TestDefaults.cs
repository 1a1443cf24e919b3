using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>The settings of an AppHost in a test.</summary>
internal static class TestDefaults
{
    public static void Apply(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        string[] args,
        Assembly appHost,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        options.Args = settings.Args = [.. settings.Args ?? [], .. args.Except(settings.Args ?? [])];
        options.AssemblyName = settings.ApplicationName = appHost.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        var directory = Metadata(appHost, "apphostprojectpath");
        if (Directory.Exists(directory))
        {
            settings.ContentRootPath = directory;
        }

        SetDefaults(settings, new()
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });
        configure(options, settings);
        SetDefaults(settings, LaunchProfileVariables(directory, Configured(settings, "DOTNET_LAUNCH_PROFILE")));
    }

    public static string? Metadata(Assembly assembly, string key) => assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The variables of the launch profile, which <c>dotnet run</c> adds to the environment, as configuration.</summary>
    private static Dictionary<string, string?> LaunchProfileVariables(string? directory, string? name)
    {
        var variables = new Dictionary<string, string?>();
        var profiles = directory is null ? [] : LaunchProfiles.Read(directory);
        if (profiles.Count == 0)
        {
            return variables;
        }

        var profile = string.IsNullOrEmpty(name) ? profiles[0] : profiles.FirstOrDefault(p => p.Key == name);
        if (profile.Value is null)
        {
            throw new InvalidOperationException($"The configured launch profile, '{name}', was not found in the launch settings file.");
        }

        variables["DOTNET_LAUNCH_PROFILE"] = profile.Key;
        foreach (var (key, value) in profile.Value.EnvironmentVariables)
        {
            variables[key] = value;
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    variables.TryAdd(key[prefix.Length..], value);
                }
            }
        }

        return variables;
    }

    private static void SetDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(defaults.Where(d => Configured(settings, d.Key) is null).ToArray());
    }

    private static string? Configured(HostApplicationBuilderSettings settings, string key)
    {
        var arguments = new ConfigurationBuilder().AddCommandLine(settings.Args ?? []).Build();
        return arguments[key] ?? settings.Configuration?[key];
    }
}
