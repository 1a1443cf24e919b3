using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>One profile of <c>Properties/launchSettings.json</c>.</summary>
internal sealed record LaunchProfile
{
    public string? CommandName { get; init; }

    public string? CommandLineArgs { get; init; }

    public string? LaunchUrl { get; init; }

    public string? ApplicationUrl { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];
}

/// <summary>The profile that a project is started with.</summary>
internal sealed record LaunchProfileAnnotation(string Name, LaunchProfile Profile) : IResourceAnnotation;

internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The profiles of a project in the order of its file; none where it has no launch settings.</summary>
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

    /// <summary>The named profile; without a name the AppHost's own where the project has one of that name, else the first that runs a project.</summary>
    /// <exception cref="DistributedApplicationException">There is no profile of that name.</exception>
    public static LaunchProfileAnnotation? Select(string projectPath, string? name, string? appHostProfile)
    {
        if (!File.Exists(projectPath))
        {
            throw new DistributedApplicationException($"Project file '{projectPath}' was not found.");
        }

        var profiles = Read(Path.GetDirectoryName(projectPath)!);
        if (!string.IsNullOrEmpty(name))
        {
            return Find(name) ?? (profiles.Count == 0 ? null : throw new DistributedApplicationException($"Launch settings file does not contain '{name}' profile."));
        }

        return Find(appHostProfile)
            ?? profiles.Where(p => p.Value.CommandName is null or "" or "Project" or "Executable").Select(p => new LaunchProfileAnnotation(p.Key, p.Value)).FirstOrDefault();

        LaunchProfileAnnotation? Find(string? key) => profiles.Where(p => p.Key == key).Select(p => new LaunchProfileAnnotation(p.Key, p.Value)).FirstOrDefault();
    }

    private sealed record LaunchSettings(Dictionary<string, LaunchProfile>? Profiles);
}
