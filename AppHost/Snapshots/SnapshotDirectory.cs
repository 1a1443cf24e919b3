using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;

namespace Cruddur.AppHost.Snapshots;

/// <summary>
/// Changes the snapshots in a state directory, and replaces the servers' data with them. Every change takes effect with one rename.
/// When the AppHost is killed between two renames, <see cref="Recover"/> finishes or undoes the change. Working directories begin
/// with a dot, as no snapshot does.
/// </summary>
/// <param name="statePath">The state directory.</param>
internal sealed class SnapshotDirectory(string statePath)
{
    private readonly string _root = Snapshot.DirectoryOf(statePath);

    /// <summary>A snapshot that is being written.</summary>
    private string Saving => Path.Combine(_root, ".saving");

    /// <summary>The snapshot that a new one of the same name replaces.</summary>
    private string Overwritten => Path.Combine(_root, ".overwritten");

    /// <summary>The copy of a snapshot that becomes the servers' data.</summary>
    private string Restoring => Path.Combine(_root, ".restoring");

    /// <summary>The servers' data from before a restore, until the servers have started with the new data.</summary>
    private string Replaced => Path.Combine(_root, ".replaced");

    /// <summary>What is to be deleted.</summary>
    private string Discarded => Path.Combine(_root, ".discarded");

    /// <summary>Copies the data of servers that don't run. A snapshot of the same name is replaced when the copy is complete.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="servers">The names of the servers.</param>
    /// <param name="savedAt">The time of the snapshot.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public Snapshot Save(string name, IReadOnlyList<string> servers, DateTimeOffset savedAt, CancellationToken cancellationToken)
    {
        DataDirectoryExtensions.CreateOwnerOnly(_root);
        DataDirectoryExtensions.CreateOwnerOnly(Saving);
        var bytes = servers.Sum(server => Copy(DataOf(server), Path.Combine(Saving, server), cancellationToken));
        var snapshot = new Snapshot(name, savedAt, bytes, servers);
        snapshot.Describe(Saving);
        if (Directory.Exists(PathOf(name)))
        {
            Directory.CreateDirectory(Overwritten);
            Directory.Move(PathOf(name), Path.Combine(Overwritten, name));
        }

        Directory.Move(Saving, PathOf(name));
        DeleteIfPresent(Overwritten);
        return snapshot;
    }

    /// <summary>Copies a snapshot to a place from which <see cref="Replace"/> takes it. The servers can run meanwhile.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <returns>The directory that holds the copy of each server's data under the name of the server.</returns>
    public string Stage(Snapshot snapshot, CancellationToken cancellationToken)
    {
        DataDirectoryExtensions.CreateOwnerOnly(Restoring);
        foreach (var server in snapshot.Servers)
        {
            Copy(Path.Combine(PathOf(snapshot.Name), server), Path.Combine(Restoring, server), cancellationToken);
        }

        return Restoring;
    }

    /// <summary>Replaces the data of servers that don't run with the staged copy, and keeps the earlier data.</summary>
    /// <param name="servers">The names of the servers.</param>
    public void Replace(IReadOnlyList<string> servers)
    {
        DataDirectoryExtensions.CreateOwnerOnly(Replaced);
        foreach (var server in servers)
        {
            Directory.Move(DataOf(server), Path.Combine(Replaced, server));
            Directory.Move(Path.Combine(Restoring, server), DataOf(server));
        }
    }

    /// <summary>Makes the replacement final, and deletes the earlier data.</summary>
    public void Accept()
    {
        Discard(Replaced);
        DeleteIfPresent(Restoring);
    }

    /// <summary>
    /// Finishes or undoes a change that was interrupted. The servers don't run. A restore that <see cref="Accept"/> has not made final
    /// is undone, and a snapshot that was not complete is deleted.
    /// </summary>
    public void Recover()
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        foreach (var replaced in SubdirectoriesOf(Replaced))
        {
            DeleteIfPresent(DataOf(replaced.Name));
            replaced.MoveTo(DataOf(replaced.Name));
        }

        foreach (var overwritten in SubdirectoriesOf(Overwritten).Where(snapshot => !Directory.Exists(PathOf(snapshot.Name))))
        {
            overwritten.MoveTo(PathOf(overwritten.Name));
        }

        foreach (var path in (string[])[Replaced, Overwritten, Saving, Restoring, Discarded])
        {
            DeleteIfPresent(path);
        }
    }

    /// <summary>Deletes a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    public void Delete(string name) => Discard(PathOf(name));

    /// <summary>The directory of a server's data in a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="server">The name of the server.</param>
    public string PathOf(string name, string server) => Path.Combine(PathOf(name), server);

    private static DirectoryInfo[] SubdirectoriesOf(string path) => Directory.Exists(path) ? new DirectoryInfo(path).GetDirectories() : [];

    private static long Copy(string source, string target, CancellationToken cancellationToken) =>
        DirectoryCopy.Copy(source, target, leftOut: PostgresCluster.ProcessFileName, cancellationToken);

    private static void DeleteIfPresent(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Deletes a directory. When that is interrupted, what is left of it no longer has its name.</summary>
    private void Discard(string path)
    {
        DeleteIfPresent(Discarded);
        Directory.Move(path, Discarded);
        DeleteIfPresent(Discarded);
    }

    private string DataOf(string server) => Path.Combine(statePath, server);

    private string PathOf(string name) => Path.Combine(_root, name);
}
