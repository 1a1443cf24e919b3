using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Integrations.EmbeddedPostgres;

/// <summary>
/// A PostgreSQL database cluster: the data directory of one server, and the programs that create and run it.
/// See https://www.postgresql.org/docs/18/creating-cluster.html.
/// </summary>
/// <param name="directory">The directory that holds the data directory and the password.</param>
/// <param name="packageDirectory">The npm package with the programs. It need not be installed yet.</param>
/// <param name="user">How to run the programs, which refuse to run as root.</param>
public sealed class PostgresCluster(DataDirectoryAnnotation directory, string packageDirectory, UnprivilegedUser user)
{
    /// <summary>The name of the superuser, and of the database that every cluster has.</summary>
    public const string Superuser = "postgres";

    /// <summary>
    /// The setting that leaves the details out of logged errors: they quote the values of a row, such as a handle or an e-mail address.
    /// See https://www.postgresql.org/docs/18/runtime-config-logging.html#GUC-LOG-ERROR-VERBOSITY.
    /// </summary>
    public const string LogWithoutValues = "log_error_verbosity=terse";

    /// <summary>The file of the data directory that names the running server. A copy of the directory must not contain it.</summary>
    public const string ProcessFileName = "postmaster.pid";

    private const string MajorVersion = "18";

    /// <summary>The line of <c>postmaster.pid</c> that tells the server's state, and its value when the server takes connections.</summary>
    private const int StatusLine = 7;
    private const string ReadyStatus = "ready";

    private static readonly Lock PasswordCreation = new();

    private static readonly TimeSpan InitializationTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PasswordTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(3);

    /// <summary>The superuser's password: random, and created once for each cluster.</summary>
    public string Password => ReadOrCreatePassword(PasswordFile);

    /// <summary>
    /// Whether the server has finished its start. A client that connects earlier is refused, and the refusal is logged as <c>FATAL</c>.
    /// </summary>
    public bool AcceptsConnections => ReadProcessFile() is { Length: > StatusLine } lines && lines[StatusLine].Trim() == ReadyStatus;

    /// <summary>
    /// The command line of the server. It listens on loopback only, on the port of the environment variable <c>PGPORT</c>.
    /// See https://www.postgresql.org/docs/18/runtime-config.html.
    /// </summary>
    public IReadOnlyList<string> ServerCommand => user.Wrap(
        Program("postgres"),
        "-D", DataDirectory,
        "-c", "listen_addresses=127.0.0.1",
        "-c", "unix_socket_directories=",
        "-c", LogWithoutValues);

    private string DataDirectory => Path.Combine(directory.Path, "data");

    private string PasswordFile => Path.Combine(directory.Path, "password");

    private string ProcessFile => Path.Combine(DataDirectory, ProcessFileName);

    /// <summary>The same programs with another data directory.</summary>
    /// <param name="other">The directory that holds the other data directory and its password.</param>
    public PostgresCluster In(DataDirectoryAnnotation other) => new(other, packageDirectory, user);

    /// <summary>
    /// Creates the data directory when there is none. An interrupted run leaves nothing behind that the next one takes for a cluster.
    /// </summary>
    /// <param name="logger">Gets what <c>initdb</c> prints.</param>
    /// <exception cref="DistributedApplicationException">
    /// The data directory can't be used: it is of another major version, incomplete or in use, or <c>initdb</c> failed. It is left as it
    /// is.
    /// </exception>
    public async Task InitializeAsync(ILogger logger)
    {
        await user.CheckAsync();
        RestoreLibraryLinks();
        if (Directory.Exists(DataDirectory))
        {
            CheckUsable();
            return;
        }

        var unfinished = DataDirectory + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // initdb writes everything to disk before it ends, so that the cluster is whole when it gets its name.
        _ = Password;
        var command = user.Wrap(
            Program("initdb"),
            "-D", unfinished,
            "--username", Superuser, "--pwfile", PasswordFile, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
            "--no-instructions");
        var result = await ExternalProgram.RunAsync(InitializationTimeout, command[0], [.. command.Skip(1)]);
        var output = result?.Output.Trim() ?? $"initdb did not start, or did not end within {InitializationTimeout.TotalMinutes} minutes";
        if (result is not (0, _))
        {
            throw new DistributedApplicationException($"PostgreSQL could not create its data directory {DataDirectory}: {output}");
        }

        logger.LogInformation("{Output}", output);
        Directory.Move(unfinished, DataDirectory);
    }

    /// <summary>Checks that a server can be started on the data directory.</summary>
    /// <exception cref="DistributedApplicationException">
    /// The data directory is of another major version, incomplete or in use.
    /// </exception>
    public void CheckUsable()
    {
        var versionFile = Path.Combine(DataDirectory, "PG_VERSION");
        if (!File.Exists(versionFile) || !File.Exists(Path.Combine(DataDirectory, "global", "pg_control")))
        {
            throw new DistributedApplicationException($"{DataDirectory} is not a complete PostgreSQL cluster: {directory.ResetHint}.");
        }

        var version = File.ReadAllText(versionFile).Trim();
        if (version != MajorVersion)
        {
            throw new DistributedApplicationException(
                $"{DataDirectory} was created by PostgreSQL {version}, and this is PostgreSQL {MajorVersion}: {directory.ResetHint}.");
        }

        if (FindRunningServer() is { } id)
        {
            throw new DistributedApplicationException(
                $"{DataDirectory} is in use by the PostgreSQL server with process id {id}: stop that server, then start again.");
        }
    }

    /// <summary>
    /// Sets the superuser's password of a cluster whose server does not run, for example of a copy: its own password is not the one that
    /// clients have.
    /// </summary>
    /// <param name="password">The password: letters and digits.</param>
    /// <exception cref="DistributedApplicationException">The server could not set it.</exception>
    public async Task ChangePasswordAsync(string password)
    {
        if (Password == password)
        {
            return;
        }

        // In single-user mode the server runs the statement of its standard input, asks for no password and ends.
        // See https://www.postgresql.org/docs/18/app-postgres.html.
        var command = user.Wrap(Program("postgres"), "--single", "-D", DataDirectory, Superuser);
        var result = await ExternalProgram.RunWithInputAsync(
            $"ALTER ROLE {Superuser} PASSWORD '{password}'\n", PasswordTimeout, command[0], [.. command.Skip(1)]);
        if (result is not (0, _))
        {
            throw new DistributedApplicationException(
                $"PostgreSQL could not set the password of {DataDirectory}: {result?.Output.Trim() ?? "it did not start"}");
        }

        File.WriteAllText(PasswordFile, password);
    }

    /// <summary>
    /// The process id of the server that runs on the data directory. A file that a crash left behind names a process that has ended, or a
    /// newer one.
    /// </summary>
    public int? FindRunningServer()
    {
        if (ReadProcessFile() is not [var first, _, var third, ..]
            || !int.TryParse(first, CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(third, CultureInfo.InvariantCulture, out var started))
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            var difference = process.StartTime.ToUniversalTime() - DateTime.UnixEpoch.AddSeconds(started);
            return difference.Duration() < StartTimeTolerance && !process.HasExited ? id : null;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended, or belongs to somebody else.
            return null;
        }
    }

    private string[]? ReadProcessFile()
    {
        try
        {
            return File.ReadAllLines(ProcessFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Program(string name) =>
        Path.Combine(packageDirectory, "native", "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>
    /// npm packages can't hold symbolic links, so this one lists those of its libraries, and its install script creates them.
    /// npm may be set not to run such scripts; creating the links here works either way.
    /// </summary>
    private void RestoreLibraryLinks()
    {
        var list = Path.Combine(packageDirectory, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var link in JsonSerializer.Deserialize<LibraryLink[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web)!)
        {
            var path = Path.Combine(packageDirectory, link.Target);
            if (!Path.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
            }
        }
    }

    /// <summary>The server and those who connect to it ask for a new password at the same time, and have to get the same.</summary>
    private string ReadOrCreatePassword(string file)
    {
        lock (PasswordCreation)
        {
            if (!File.Exists(file))
            {
                DataDirectoryExtensions.CreateOwnerOnly(directory.Path);
                var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
                OwnerOnlyFile.Write(file, stream => stream.Write(Encoding.ASCII.GetBytes(password)));
            }

            return File.ReadAllText(file);
        }
    }

    private sealed record LibraryLink(string Source, string Target);
}
