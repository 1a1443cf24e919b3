using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cruddur.AppHost.Snapshots;

/// <summary>A copy of the data of all servers, in <c>snapshots/NAME</c> of the state directory.</summary>
/// <param name="Name">The name; see <see cref="NameRule"/>.</param>
/// <param name="SavedAt">When it was saved, in UTC.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="Servers">The resource names of the servers, each of which has a directory in the snapshot.</param>
internal sealed partial record Snapshot(string Name, DateTimeOffset SavedAt, long Bytes, IReadOnlyList<string> Servers)
{
    /// <summary>What a name can be, as the end of a sentence.</summary>
    public const string NameRule = "1 to 64 letters, digits, dots and dashes, and begins and ends with a letter or digit";

    private const string DirectoryName = "snapshots";
    private const string DescriptionFile = "snapshot.json";

    /// <summary>The number of the layout of a snapshot's directory. A change that older versions can't restore increments it.</summary>
    private const int CurrentLayout = 1;

    /// <summary>The size in megabytes, for people.</summary>
    public string Size => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1e6:0.0} MB");

    /// <summary>Whether a text can be the name of a snapshot. Such a name is a file name without any path.</summary>
    /// <param name="text">The text.</param>
    public static bool IsName(string? text) => text is not null && NameFormat().IsMatch(text);

    /// <summary>The directory that holds all snapshots.</summary>
    /// <param name="statePath">The state directory.</param>
    public static string DirectoryOf(string statePath) => Path.Combine(statePath, DirectoryName);

    /// <summary>All snapshots, the newest first.</summary>
    /// <param name="statePath">The state directory.</param>
    public static IReadOnlyList<Snapshot> List(string statePath)
    {
        var root = DirectoryOf(statePath);
        var names = Directory.Exists(root) ? Directory.GetDirectories(root).Select(path => Path.GetFileName(path)).Where(IsName) : [];
        return [.. names.Select(name => Find(statePath, name)).OfType<Snapshot>().OrderByDescending(snapshot => snapshot.SavedAt)];
    }

    /// <summary>Finds a snapshot.</summary>
    /// <param name="statePath">The state directory.</param>
    /// <param name="name">The name.</param>
    /// <returns>The snapshot, or <see langword="null"/> when there is none that this version can restore.</returns>
    public static Snapshot? Find(string statePath, string name)
    {
        if (!IsName(name))
        {
            return null;
        }

        try
        {
            var json = File.ReadAllBytes(Path.Combine(DirectoryOf(statePath), name, DescriptionFile));
            return JsonSerializer.Deserialize<Description>(json, JsonSerializerOptions.Web) is { Layout: CurrentLayout } description
                ? new(name, description.SavedAt, description.Bytes, description.Servers)
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the description of the snapshot, which makes its directory a whole snapshot.</summary>
    /// <param name="directory">The directory with the copies.</param>
    public void Describe(string directory) => File.WriteAllBytes(
        Path.Combine(directory, DescriptionFile),
        JsonSerializer.SerializeToUtf8Bytes(new Description(CurrentLayout, SavedAt, Bytes, Servers), JsonSerializerOptions.Web));

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?\z")]
    private static partial Regex NameFormat();

    private sealed record Description(int Layout, DateTimeOffset SavedAt, long Bytes, IReadOnlyList<string> Servers);
}
