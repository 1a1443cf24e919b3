using System.IO.Pipes;
using Cruddur.AppHost.Session;

namespace Cruddur.Seeder.Session;

/// <summary>The AppHost that runs in this checkout, or with the data directory that <c>State__Directory</c> names.</summary>
internal sealed class RunningAppHost
{
    private const string DirectoryVariable = "State__Directory";
    private const string Solution = "Cruddur.Aspire.sln";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly SessionFile _session;

    private RunningAppHost(SessionFile session) => _session = session;

    private static bool IsEnabled =>
        !string.Equals(System.Environment.GetEnvironmentVariable(SessionFile.EnabledVariable), "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings that the AppHost gives to the seeder.</summary>
    public IReadOnlyDictionary<string, string> Environment => _session.Environment;

    /// <summary>Finds the running AppHost.</summary>
    /// <returns>The AppHost, or <see langword="null"/> when none runs, or <c>Session__Enabled</c> is false.</returns>
    public static RunningAppHost? Find() =>
        IsEnabled && FindStateDirectory() is { } path && SessionFile.Read(path) is { } session ? new(session) : null;

    /// <summary>Finds the running AppHost for a verb that can't work without it.</summary>
    /// <exception cref="InvalidOperationException">None runs. The message says what to start.</exception>
    public static RunningAppHost GetRequired() =>
        Find() ?? throw new InvalidOperationException(
            "This needs a running AppHost, and none runs"
            + (FindStateDirectory() is { } path ? $" with the data directory {path}" : " in this directory")
            + ". Start the system with `dotnet run --project AppHost`.");

    /// <summary>Sets the environment variables of this process that are not set to the values of the AppHost.</summary>
    public void SetMissingVariables()
    {
        foreach (var (name, value) in Environment)
        {
            if (string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable(name)))
            {
                System.Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    /// <summary>Runs a command of a resource in the AppHost. Cancellation ends the command.</summary>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="command">The name of the command.</param>
    /// <param name="arguments">The arguments of the command by their names; the others keep their default values.</param>
    /// <param name="json">Whether a table comes back as a JSON array and not as Markdown.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="InvalidOperationException">The AppHost does not answer.</exception>
    public async Task<CommandAnswer> ExecuteCommandAsync(
        string resource,
        string command,
        IReadOnlyDictionary<string, string?> arguments,
        bool json,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var pipe = new NamedPipeClientStream(
                ".", _session.Pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            await pipe.ConnectAsync(ConnectTimeout, cancellationToken);
            await pipe.SendAsync(new(resource, command, arguments, json), SessionJson.Default.CommandRequest, cancellationToken);
            return await pipe.ReceiveAsync(SessionJson.Default.CommandAnswer, cancellationToken)
                ?? throw new InvalidOperationException($"The AppHost ended before {resource} {command} was done.");
        }
        catch (Exception error) when (error is IOException or TimeoutException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The AppHost does not respond: {error.Message}", error);
        }
    }

    private static string? FindStateDirectory()
    {
        var root = FindCheckout(Directory.GetCurrentDirectory()) ?? FindCheckout(AppContext.BaseDirectory);
        if (System.Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } configured)
        {
            // The AppHost resolves a relative path from its project.
            return Path.GetFullPath(configured, root is null ? Directory.GetCurrentDirectory() : Path.Combine(root, "AppHost"));
        }

        return root is null ? null : Path.Combine(root, ".cruddur", "state");
    }

    private static string? FindCheckout(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution)))
            {
                return directory.FullName;
            }
        }

        return null;
    }
}
