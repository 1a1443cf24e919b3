using System.Security.Cryptography;
using System.Text.Json;
using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Startup;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Embedded.Postgres;

/// <summary>
/// A PostgreSQL database cluster: the data directory of one server, and the programs that make and run it.
/// See https://www.postgresql.org/docs/18/creating-cluster.html.
/// </summary>
public sealed class PostgresCluster
{
    /// <summary>The name of the superuser, and of the database that every cluster has.</summary>
    public const string Superuser = "postgres";

    private const string MajorVersion = "18";

    private static readonly TimeSpan InitializationTime = TimeSpan.FromMinutes(2);

    private readonly string _packageDirectory;
    private readonly SuperuserDrop _superuserDrop;

    /// <summary>Names the cluster in a directory, without touching its data.</summary>
    /// <param name="directory">An existing directory for the cluster and its password.</param>
    /// <param name="packageDirectory">The npm package with the programs. It need not be installed yet.</param>
    /// <param name="superuserDrop">How to run the programs, which refuse to run as root.</param>
    public PostgresCluster(string directory, string packageDirectory, SuperuserDrop superuserDrop)
    {
        Directory = directory;
        _packageDirectory = packageDirectory;
        _superuserDrop = superuserDrop;
        Password = ReadOrMakePassword(Path.Combine(directory, "password"));
    }

    /// <summary>The directory that holds the data directory and the password.</summary>
    public string Directory { get; }

    /// <summary>The superuser's password: random, made once for each cluster.</summary>
    public string Password { get; }

    private string DataDirectory => Path.Combine(Directory, "data");

    /// <summary>
    /// The command line of the server. It listens on loopback only, on the port of the environment variable <c>PGPORT</c>.
    /// See https://www.postgresql.org/docs/18/runtime-config.html.
    /// </summary>
    public IReadOnlyList<string> ServerCommand => _superuserDrop.Wrap(
        Program("postgres"),
        "-D", DataDirectory,
        "-c", "listen_addresses=127.0.0.1",
        "-c", "unix_socket_directories=",
        "-c", PostgresLog.WithoutValues);

    /// <summary>Makes the data directory where there is none yet. A run that is cut short leaves nothing behind that the next one would take for a cluster.</summary>
    /// <param name="logger">Gets what <c>initdb</c> prints.</param>
    /// <exception cref="PrerequisiteException">The data directory is of another major version, or <c>initdb</c> failed.</exception>
    public async Task InitializeAsync(ILogger logger)
    {
        RestoreLibraryLinks();

        var versionFile = Path.Combine(DataDirectory, "PG_VERSION");
        if (File.Exists(versionFile))
        {
            var version = (await File.ReadAllTextAsync(versionFile)).Trim();
            if (version != MajorVersion)
            {
                throw new PrerequisiteException(
                    $"{DataDirectory} was made by PostgreSQL {version} and this is PostgreSQL {MajorVersion}: start once with {StateDirectory.FreshSwitch} to begin with an empty database.");
            }

            return;
        }

        var unfinished = DataDirectory + ".new";
        if (System.IO.Directory.Exists(unfinished))
        {
            System.IO.Directory.Delete(unfinished, recursive: true);
        }

        // Nothing is lost without the syncs: a cluster that a power cut spoils is not in its place yet.
        var command = _superuserDrop.Wrap(
            Program("initdb"),
            "-D", unfinished,
            "--username", Superuser, "--pwfile", Path.Combine(Directory, "password"), "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
            "--no-sync", "--no-instructions");
        var result = await InstalledPrograms.RunAsync(InitializationTime, command[0], [.. command.Skip(1)]);
        var output = result?.Output.Trim() ?? "initdb did not end";
        if (result is not (0, _))
        {
            throw new PrerequisiteException($"PostgreSQL could not make its data directory {DataDirectory}: {output}");
        }

        logger.LogInformation("{Output}", output);

        System.IO.Directory.Move(unfinished, DataDirectory);
    }

    private string Program(string name) =>
        Path.Combine(_packageDirectory, "native", "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>
    /// npm packages can't hold symbolic links, so this one lists those of its libraries, and its install script makes them.
    /// npm may be told not to run such scripts; making the links here works either way.
    /// </summary>
    private void RestoreLibraryLinks()
    {
        var list = Path.Combine(_packageDirectory, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var link in JsonSerializer.Deserialize<LibraryLink[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web)!)
        {
            var path = Path.Combine(_packageDirectory, link.Target);
            if (!Path.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
            }
        }
    }

    private static string ReadOrMakePassword(string file)
    {
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        return File.ReadAllText(file);
    }

    private sealed record LibraryLink(string Source, string Target);
}
