using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Cruddur.Tests;

/// <summary>The processes of resources.</summary>
internal static class ResourceProcesses
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Sends SIGKILL to the process that serves, which can be a child of the process that the orchestrator has started.</summary>
    /// <param name="app">The running system.</param>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="cancellationToken">Stops the wait for the resource.</param>
    public static async Task KillAsync(this DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        int[] servers;
        do
        {
            // The table of sockets can miss one while others open and close, so the search is repeated.
            var running = await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken)
                .WaitAsync(Timeout, cancellationToken);
            var root = running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
            var processes = LinuxProcesses.WithDescendants([Convert.ToInt32(root, CultureInfo.InvariantCulture)]);
            servers = [.. processes.Where(id => LinuxProcesses.Listeners([id]).Count > 0)];
            Assert.True(Stopwatch.GetElapsedTime(start) < Timeout, $"No process of {resource} listens: {string.Join(", ", processes)}");
        }
        while (servers.Length == 0);

        using var process = Process.GetProcessById(servers.Single());
        process.Kill();
    }

    /// <summary>Starts a resource that has ended, as the command of the dashboard does.</summary>
    /// <param name="app">The running system.</param>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task StartResourceAsync(this DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        await app.ResourceNotifications.WaitForResourceAsync(resource, HasEnded, cancellationToken).WaitAsync(Timeout, cancellationToken);
        var result = await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancellationToken);
        Assert.True(result.Success, $"{resource} did not start: {result.Message}");
    }

    private static bool HasEnded(ResourceEvent change) => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);
}
