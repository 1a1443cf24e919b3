namespace Cruddur.AppHost.Snapshots;

/// <summary>
/// The names of the snapshot commands of the seeder's resource and of their arguments. The AppHost and the seeder both compile this file.
/// </summary>
internal static class SnapshotCommandNames
{
    /// <summary>Saves the data of all servers.</summary>
    public const string Save = "state-save";

    /// <summary>Lists the snapshots.</summary>
    public const string List = "state-list";

    /// <summary>Replaces the data of all servers with a snapshot.</summary>
    public const string Restore = "state-restore";

    /// <summary>Deletes a snapshot.</summary>
    public const string Delete = "state-delete";

    /// <summary>All commands.</summary>
    public static IReadOnlyList<string> All { get; } = [List, Save, Restore, Delete];

    /// <summary>The argument that names the snapshot.</summary>
    public const string NameArgument = "name";

    /// <summary>The argument of <see cref="Save"/> that lets it replace a snapshot of the same name.</summary>
    public const string OverwriteArgument = "overwrite";
}
