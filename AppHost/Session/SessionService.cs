using Cruddur.AppHost.State;
using Microsoft.Extensions.Hosting;

namespace Cruddur.AppHost.Session;

/// <summary>Writes the session file, takes commands while the AppHost runs, and deletes the file when the AppHost stops.</summary>
/// <param name="settings">The settings of the seeder.</param>
/// <param name="statePath">The state directory.</param>
/// <param name="services">The AppHost's services.</param>
/// <param name="lifetime">Tells when the AppHost stops.</param>
internal sealed class SessionService(
    SeederSettings settings, string statePath, IServiceProvider services, IHostApplicationLifetime lifetime)
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
    }
}
