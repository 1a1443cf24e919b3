using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.Session;
using Cruddur.AppHost.Snapshots;
using Microsoft.Extensions.Configuration;

namespace Cruddur.AppHost.State;

/// <summary>
/// The directory in which the embedded servers keep their data between starts. One AppHost at a time uses it. A marker file tells
/// that the AppHost created it. Nothing is ever deleted in a directory without the marker, and in one with it only what the servers and
/// the AppHost write there.
/// </summary>
public sealed class StateDirectory : IDisposable
{
    /// <summary>The setting that names the directory. The default is <c>.cruddur/state</c> at the root of the repository.</summary>
    public const string Setting = "State:Directory";

    /// <summary>The command-line switch that starts with empty servers.</summary>
    public const string FreshSwitch = "--fresh";

    private const string FreshSetting = "State:Fresh";
    private const string LockFile = ".lock";
    private const string MarkerFile = ".cruddur-state";
    private const string MarkerText =
        "Cruddur's AppHost keeps the data of its servers and snapshots of it in this directory. --fresh deletes the data.\n";

    /// <summary>The servers, each of which has a directory of its name.</summary>
    private static readonly string[] Servers = [CruddurResources.Postgres, CruddurResources.DynamoDb, CruddurResources.Cognito];

    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>
    /// Takes the directory for this AppHost, waits until the processes of the previous run have ended, and deletes the data of
    /// the servers if <paramref name="fresh"/> says so.
    /// </summary>
    /// <param name="path">The directory; created when it is missing.</param>
    /// <param name="fresh">Whether to delete the data of the servers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PrerequisiteException">
    /// Another AppHost uses the directory, it holds something else, it can't be written to, or the previous run does not end.
    /// </exception>
    public static async Task<StateDirectory> OpenAsync(string path, bool fresh, CancellationToken cancellationToken = default)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream? @lock = null;
        try
        {
            CheckIsOurs(path);
            DataDirectoryExtensions.CreateOwnerOnly(path);
            var previous = new PreviousRun(path);
            @lock = await LockAsync(path, previous, cancellationToken);
            await File.WriteAllTextAsync(System.IO.Path.Combine(path, MarkerFile), MarkerText, cancellationToken);
            SessionFile.Delete(path);
            await previous.WaitForProcessesAsync(cancellationToken);
            new SnapshotDirectory(path).Recover();
            if (fresh)
            {
                DeleteData(path);
            }

            return new StateDirectory(path, @lock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            @lock?.Dispose();
            throw new PrerequisiteException(
                $"The data directory {path} can't be used ({error.Message}): make it writable, or name another with {Setting}.");
        }
        catch
        {
            @lock?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the developer asked for empty servers.</summary>
    /// <param name="configuration">The AppHost's settings.</param>
    public static bool StartsFresh(IConfiguration configuration) => configuration.GetValue(FreshSetting, false);

    /// <summary>
    /// Writes <see cref="FreshSwitch"/> as a setting. The command line's settings are pairs, and a switch without a value would take the
    /// next one.
    /// </summary>
    /// <param name="args">The arguments of the command line.</param>
    public static string[] ExpandFreshSwitch(string[] args) => [.. args.Select(arg => arg == FreshSwitch ? $"--{FreshSetting}=true" : arg)];

    /// <summary>Lets another AppHost use the directory.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>
    /// Refuses a directory that holds anything and has no marker. Earlier versions wrote no marker, but the lock and the servers'
    /// directories only.
    /// </summary>
    private static void CheckIsOurs(string path)
    {
        if (!Directory.Exists(path) || File.Exists(System.IO.Path.Combine(path, MarkerFile)))
        {
            return;
        }

        var entries = Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName).ToArray();
        if (entries.Length > 0 && !(entries.Contains(LockFile) && entries.All(entry => entry == LockFile || Servers.Contains(entry))))
        {
            throw new PrerequisiteException(
                $"The directory {path} holds files that are not Cruddur's: name an empty or a new directory with {Setting}. "
                    + "Nothing was changed in it.");
        }
    }

    private static void DeleteData(string path)
    {
        foreach (var data in Servers.Select(server => System.IO.Path.Combine(path, server)).Where(Directory.Exists))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<FileStream> LockAsync(string path, PreviousRun previous, CancellationToken cancellationToken)
    {
        var @lock = TryLock(path);
        if (@lock is null && previous.IsStopping)
        {
            await previous.WaitUntilAsync(() => (@lock = TryLock(path)) is not null, cancellationToken);
        }

        return @lock ?? throw new PrerequisiteException(
            $"Another AppHost uses the data directory {path}: stop it, or name another directory with {Setting}.");
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            // The operating system releases the lock when the process ends, however it ends.
            return new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>Gives the AppHost and its servers their directories.</summary>
public static class StateDirectoryExtensions
{
    private static readonly string ResetHint = $"start once with {StateDirectory.FreshSwitch} to begin with empty servers, "
        + $"or name another directory with {StateDirectory.Setting}";

    /// <summary>The directory that the settings name, as an absolute path.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static string GetStatePath(this IDistributedApplicationBuilder builder) => Path.GetFullPath(
        builder.Configuration[StateDirectory.Setting] is { Length: > 0 } configured ? configured : "../.cruddur/state",
        builder.AppHostDirectory);

    /// <summary>
    /// Takes the directory for as long as the AppHost's process runs, and records the processes of this run there.
    /// Publishing starts nothing and needs no directory.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <exception cref="PrerequisiteException">The directory can't be used.</exception>
    public static async Task<StateDirectory?> OpenStateDirectoryAsync(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return null;
        }

        var state = await StateDirectory.OpenAsync(builder.GetStatePath(), StateDirectory.StartsFresh(builder.Configuration));
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, cancellationToken) =>
        {
            // It goes on for as long as the AppHost runs.
            _ = new RunRecord(state.Path).RecordAsync(@event.Services);
            return Task.CompletedTask;
        });
        return state;
    }

    /// <summary>Keeps the data of a server in its part of the state directory.</summary>
    /// <typeparam name="T">The type of the server's resource.</typeparam>
    /// <param name="server">The server.</param>
    public static IResourceBuilder<T> WithState<T>(this IResourceBuilder<T> server)
        where T : ExecutableResource, IResourceWithDataDirectory =>
        server.WithDataDirectory(Path.Combine(server.ApplicationBuilder.GetStatePath(), server.Resource.Name), ResetHint);
}
