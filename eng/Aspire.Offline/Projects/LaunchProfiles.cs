using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>A profile of <c>Properties/launchSettings.json</c>.</summary>
internal sealed record LaunchProfile
{
    public string? CommandName { get; init; }

    public string? CommandLineArgs { get; init; }

    public string? ApplicationUrl { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];
}

/// <summary>The launch profile of a project.</summary>
internal sealed record LaunchProfileAnnotation(string Name, LaunchProfile Profile) : IResourceAnnotation;

internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The profiles of a project in the order of the file; none where there are no launch settings.</summary>
    public static IReadOnlyList<KeyValuePair<string, LaunchProfile>> Read(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var stream = File.OpenRead(path);
            return [.. JsonSerializer.Deserialize<LaunchSettings>(stream, Json)?.Profiles ?? []];
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"{path} is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>The profile of the name that the AppHost itself uses, or the first that runs a project.</summary>
    /// <exception cref="NotSupportedException">The profile has command-line arguments.</exception>
    public static LaunchProfileAnnotation? Select(string projectPath, string? appHostProfile)
    {
        var profiles = Read(Path.GetDirectoryName(projectPath)!).Select(p => new LaunchProfileAnnotation(p.Key, p.Value)).ToArray();
        var selected = Array.Find(profiles, p => p.Name == appHostProfile) ?? Array.Find(profiles, p => p.Profile.CommandName is "Project");
        return string.IsNullOrEmpty(selected?.Profile.CommandLineArgs) ? selected : throw new NotSupportedException(
            $"The launch profile '{selected.Name}' of {projectPath} has commandLineArgs: use WithArgs in the offline hosting build.");
    }

    private sealed record LaunchSettings(Dictionary<string, LaunchProfile>? Profiles);
}
