using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Embedded.Postgres;

/// <summary>
/// PostgreSQL refuses to run as root. As root, it is run in a user namespace of its own in which the same user has another number:
/// it keeps its process id and its right to root's files, and needs no second account.
/// </summary>
/// <param name="isRoot">Whether this process runs as root.</param>
public sealed class SuperuserDrop(bool isRoot)
{
    private static readonly string[] Unshare = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>Finds out whether this process runs as root and, if so, whether the kernel allows the user namespace.</summary>
    /// <exception cref="PrerequisiteException">It does not.</exception>
    public static async Task<SuperuserDrop> DetectAsync()
    {
        var isRoot = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;
        if (isRoot && await InstalledPrograms.RunAsync(AnswerTime, Unshare[0], [.. Unshare.Skip(1), "true"]) is not (0, _))
        {
            throw new PrerequisiteException("PostgreSQL does not run as root, and this system allows no user namespace to hide that from it: start the AppHost as an ordinary user.");
        }

        return new SuperuserDrop(isRoot);
    }

    /// <summary>The command line to run in place of the given one.</summary>
    /// <param name="command">A program and its arguments.</param>
    public IReadOnlyList<string> Wrap(params string[] command) => isRoot ? [.. Unshare, .. command] : command;
}
