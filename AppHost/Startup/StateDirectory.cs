using Microsoft.Extensions.Configuration;

namespace Cruddur.AppHost.Startup;

/// <summary>
/// The directory in which the embedded servers keep their data between starts. One AppHost at a time may use it.
/// </summary>
public sealed class StateDirectory : IDisposable
{
    /// <summary>The setting that names the directory. Left out, it is <c>.cruddur/state</c> at the root of the repository.</summary>
    public const string Setting = "State:Directory";

    /// <summary>The command-line switch that starts with empty servers.</summary>
    public const string FreshSwitch = "--fresh";

    private const string FreshSetting = "State:Fresh";

    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Takes the directory for this AppHost, and empties it first where <see cref="FreshSwitch"/> says so.</summary>
    /// <param name="path">The directory; made when it is missing.</param>
    /// <param name="fresh">Whether to delete what it holds.</param>
    /// <exception cref="PrerequisiteException">Another AppHost has it, or it can't be written to.</exception>
    public static StateDirectory Open(string path, bool fresh)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream? @lock = null;
        try
        {
            Directory.CreateDirectory(path);
            @lock = Lock(path);
            if (fresh)
            {
                foreach (var directory in Directory.EnumerateDirectories(path))
                {
                    Directory.Delete(directory, recursive: true);
                }
            }

            return new StateDirectory(path, @lock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            @lock?.Dispose();
            throw new PrerequisiteException($"The data directory {path} can't be used ({error.Message}): mend it, or name another with {Setting}.");
        }
    }

    /// <summary>Takes the directory that the AppHost's settings name, for as long as the AppHost's process runs.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static StateDirectory Open(IDistributedApplicationBuilder builder)
    {
        var path = builder.Configuration[Setting] is { Length: > 0 } configured
            ? configured
            : System.IO.Path.Combine(builder.AppHostDirectory, "..", ".cruddur", "state");
        return Open(path, StartsFresh(builder));
    }

    /// <summary>Writes <see cref="FreshSwitch"/> as a setting. The command line's settings are pairs, and a switch without a value would take the next one for its own.</summary>
    /// <param name="args">The arguments of the command line.</param>
    public static string[] ExpandFreshSwitch(string[] args) => [.. args.Select(arg => arg == FreshSwitch ? $"--{FreshSetting}=true" : arg)];

    /// <summary>Whether the developer asked for empty servers.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static bool StartsFresh(IDistributedApplicationBuilder builder) => builder.Configuration.GetValue(FreshSetting, false);

    /// <summary>Makes a directory of its own for one server, inside this one.</summary>
    /// <param name="name">The name of the server.</param>
    /// <returns>The absolute path.</returns>
    public string For(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Lets another AppHost have the directory.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            // The operating system ends the lock with the process, however that ends.
            return new FileStream(System.IO.Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new PrerequisiteException($"Another AppHost uses the data directory {path}: stop it, or name another directory with {Setting}.");
        }
    }
}
