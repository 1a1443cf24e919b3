using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Commands;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;
using Cruddur.AppHost.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Snapshots;

/// <summary>
/// Saves and restores the data of all servers of the running system. Nothing is copied before all servers have stopped, so that a
/// snapshot shows them at one moment. The servers are started again in every case.
/// </summary>
/// <param name="state">The state directory.</param>
/// <param name="servers">The servers.</param>
/// <param name="api">Tells when the API serves the restored data.</param>
/// <param name="notifications">The state of the seeder.</param>
/// <param name="changes">Keeps the commands that change data apart.</param>
/// <param name="lifetime">Tells when the AppHost stops.</param>
internal sealed class SnapshotService(
    StateDirectory state,
    SnapshotServers servers,
    ApiReadiness api,
    ResourceNotificationService notifications,
    StackChanges changes,
    IHostApplicationLifetime lifetime)
{
    private readonly SnapshotDirectory _directory = new(state.Path);

    /// <summary>All snapshots, the newest first.</summary>
    public IReadOnlyList<Snapshot> List() => Snapshot.List(state.Path);

    /// <summary>Saves the data of all servers.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="overwrite">Whether to replace a snapshot of the same name.</param>
    /// <param name="log">Gets the progress.</param>
    /// <param name="cancellationToken">Cancels the save. No snapshot is left, and one of the same name stays.</param>
    /// <exception cref="SnapshotException">It can't be saved.</exception>
    public Task<Snapshot> SaveAsync(string name, bool overwrite, ILogger log, CancellationToken cancellationToken) =>
        TakeTurnAsync(SnapshotCommandNames.Save, $"The snapshot {name} was not saved", async () =>
        {
            CheckName(name);
            if (!overwrite && Snapshot.Find(state.Path, name) is not null)
            {
                throw new SnapshotException($"There is a snapshot {name} already: choose another name, or overwrite it.");
            }

            CheckStarted();
            Snapshot snapshot;
            try
            {
                await servers.StopAsync(log, cancellationToken);
                snapshot = await Task.Run(
                    () => _directory.Save(name, servers.Names, DateTimeOffset.UtcNow, cancellationToken), cancellationToken);
                log.LogInformation("Saved the snapshot {Name} ({Size}).", name, snapshot.Size);
            }
            catch
            {
                _directory.Recover();
                throw;
            }
            finally
            {
                await servers.StartAsync(log, lifetime.ApplicationStopping);
            }

            return snapshot;
        });

    /// <summary>
    /// Replaces the data of all servers with a snapshot. When the servers don't start with it, they get their earlier data back.
    /// </summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="log">Gets the progress.</param>
    /// <param name="cancellationToken">Cancels the restore. The servers keep their data.</param>
    /// <exception cref="SnapshotException">It can't be restored.</exception>
    public Task<Snapshot> RestoreAsync(string name, ILogger log, CancellationToken cancellationToken) =>
        TakeTurnAsync(SnapshotCommandNames.Restore, $"The snapshot {name} was not restored", async () =>
        {
            var snapshot = Find(name);
            CheckRestorable(snapshot);
            CheckStarted();
            try
            {
                var staged = await Task.Run(() => _directory.Stage(snapshot, cancellationToken), cancellationToken);
                await ClusterIn(Path.Combine(staged, CruddurResources.Postgres)).ChangePasswordAsync(servers.Postgres.Password);
                log.LogInformation("Copied the snapshot {Name}.", name);
            }
            catch
            {
                _directory.Recover();
                throw;
            }

            try
            {
                await servers.StopAsync(log, cancellationToken);
                _directory.Replace(snapshot.Servers);
                await servers.StartAsync(log, lifetime.ApplicationStopping);
            }
            catch when (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                log.LogWarning("The servers do not run with the snapshot {Name}. They start with their earlier data again.", name);
                await UndoAsync(log);
                throw;
            }

            _directory.Accept();
            await api.WaitAsync(log, lifetime.ApplicationStopping);
            log.LogInformation("Restored the snapshot {Name}.", name);
            return snapshot;
        });

    /// <summary>Deletes a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <exception cref="SnapshotException">It can't be deleted.</exception>
    public Task<Snapshot> DeleteAsync(string name) =>
        TakeTurnAsync(SnapshotCommandNames.Delete, $"The snapshot {name} was not deleted", () =>
        {
            var snapshot = Find(name);
            _directory.Delete(name);
            return Task.FromResult(snapshot);
        });

    private static void CheckName(string name)
    {
        if (!Snapshot.IsName(name))
        {
            throw new SnapshotException($"'{name}' can't be the name of a snapshot: a name has {Snapshot.NameRule}.");
        }
    }

    /// <summary>
    /// Starts the servers with the data from before a restore. When the AppHost stops first, its next start does the same.
    /// </summary>
    private async Task UndoAsync(ILogger log)
    {
        try
        {
            await servers.StopAsync(log, lifetime.ApplicationStopping);
            _directory.Recover();
        }
        finally
        {
            await servers.StartAsync(log, lifetime.ApplicationStopping);
        }
    }

    private Snapshot Find(string name)
    {
        CheckName(name);
        if (Snapshot.Find(state.Path, name) is { } snapshot)
        {
            return snapshot;
        }

        var names = string.Join(", ", List().Select(each => each.Name));
        throw new SnapshotException(
            $"There is no snapshot {name} that this AppHost can read. {(names is "" ? "There is none at all." : $"There are: {names}.")}");
    }

    /// <summary>Checks what can be checked while the servers run.</summary>
    private void CheckRestorable(Snapshot snapshot)
    {
        if (!snapshot.Servers.Order().SequenceEqual(servers.Names.Order()))
        {
            throw new SnapshotException(
                $"The snapshot {snapshot.Name} has the data of {string.Join(", ", snapshot.Servers)}, "
                + $"and this system has {string.Join(", ", servers.Names)}: start the AppHost with the settings of that time.");
        }

        ClusterIn(_directory.PathOf(snapshot.Name, CruddurResources.Postgres)).CheckUsable();
    }

    /// <summary>Servers that are still starting, or that the seeder fills, are not stopped.</summary>
    private void CheckStarted()
    {
        if (!notifications.TryGetCurrentState(CruddurResources.Seeder, out var seeder)
            || !KnownResourceStates.TerminalStates.Contains(seeder.Snapshot.State?.Text))
        {
            throw new SnapshotException("The system is still starting: try again when the seeder has ended.");
        }
    }

    private PostgresCluster ClusterIn(string path) =>
        servers.Postgres.In(new DataDirectoryAnnotation(path, "this snapshot can't be used"));

    /// <summary>Runs the command while no other one changes data, and turns what goes wrong into one sentence.</summary>
    private async Task<Snapshot> TakeTurnAsync(string command, string failure, Func<Task<Snapshot>> run)
    {
        using var change = changes.TryBegin($"{CruddurResources.Seeder} {command}", out var running)
            ?? throw new SnapshotException(StackChanges.Explain(running));
        try
        {
            return await run();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DistributedApplicationException)
        {
            throw new SnapshotException($"{failure}: {error.Message}", error);
        }
    }
}
