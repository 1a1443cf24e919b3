using Cruddur.AppHost.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Session;

/// <summary>Writes the session file, takes commands while the AppHost runs, and deletes the file when the AppHost stops.</summary>
/// <param name="settings">The settings of the seeder.</param>
/// <param name="statePath">The state directory.</param>
/// <param name="services">The AppHost's services.</param>
/// <param name="lifetime">Tells when the AppHost stops.</param>
/// <param name="logger">Gets a warning when the file can't be written.</param>
internal sealed partial class SessionService(
    SeederSettings settings,
    string statePath,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<SessionService> logger)
{
    private readonly Lazy<Task<IReadOnlyDictionary<string, string>>> _variables =
        new(() => settings.ResolveAsync(services, lifetime.ApplicationStopping));

    /// <summary>The environment variables of a verb. They are there as soon as the addresses of the servers are known.</summary>
    public Task<IReadOnlyDictionary<string, string>> Variables => _variables.Value;

    /// <summary>Runs until the AppHost stops.</summary>
    public async Task RunAsync()
    {
        var stopping = lifetime.ApplicationStopping;
        try
        {
            var channel = new CommandChannel(services);
            var session = new SessionFile(RecordedProcess.Find(Environment.ProcessId)!, channel.Pipe, await Variables);
            var running = channel.RunAsync(stopping);
            session.Write(statePath);
            await using var end = stopping.Register(() => SessionFile.Delete(statePath));
            await running;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The AppHost stops before it knows all addresses.
        }
        catch (Exception error)
        {
            LogFailed(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The seeder's verbs can't find this AppHost from a terminal.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
