namespace Cruddur.AppHost.Integrations.EmbeddedPostgres;

/// <summary>
/// PostgreSQL refuses to run as root. As root, its programs run in a user namespace of their own, in which the same user has
/// another number: they keep their process id and their right to root's files, and need no second account.
/// </summary>
/// <param name="isRoot">Whether this process runs as root.</param>
public sealed class UnprivilegedUser(bool isRoot)
{
    private static readonly string[] Unshare = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The user of this process.</summary>
    public static UnprivilegedUser Current { get; } = new(isRoot: !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess);

    /// <summary>The command line that runs another one without root's rights.</summary>
    /// <param name="command">A program and its arguments.</param>
    public IReadOnlyList<string> Wrap(params string[] command) => isRoot ? [.. Unshare, .. command] : command;

    /// <summary>Checks that the kernel allows the user namespace, where one is needed.</summary>
    /// <exception cref="DistributedApplicationException">The kernel does not.</exception>
    public async Task CheckAsync()
    {
        if (isRoot && await ExternalProgram.RunAsync(Timeout, Unshare[0], [.. Unshare.Skip(1), "true"]) is not (0, _))
        {
            throw new DistributedApplicationException(
                "PostgreSQL does not run as root, and this system allows no user namespace: start the AppHost as an ordinary user.");
        }
    }
}
