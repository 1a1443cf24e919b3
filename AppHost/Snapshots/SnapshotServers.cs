using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Snapshots;

/// <summary>The servers whose data a snapshot holds, stopped and started through the orchestrator.</summary>
/// <param name="model">All resources.</param>
/// <param name="commands">Stops and starts the servers.</param>
/// <param name="notifications">The states of the servers.</param>
/// <param name="health">Checks whether the servers answer.</param>
internal sealed class SnapshotServers(
    DistributedApplicationModel model,
    ResourceCommandService commands,
    ResourceNotificationService notifications,
    HealthCheckService health)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly IResource[] _servers = [.. model.Resources.OfType<IResourceWithDataDirectory>().OrderBy(server => server.Name)];

    /// <summary>The names of the servers.</summary>
    public IReadOnlyList<string> Names => [.. _servers.Select(server => server.Name)];

    /// <summary>The PostgreSQL cluster that the running server uses.</summary>
    public PostgresCluster Postgres => model.Resources.OfType<EmbeddedPostgresResource>().Single().Cluster;

    /// <summary>Stops the servers, and returns when all processes have ended.</summary>
    /// <param name="log">Gets a line when they have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SnapshotException">A server does not stop.</exception>
    public async Task StopAsync(ILogger log, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(StopTimeout);
        await Task.WhenAll(_servers.Where(IsRunning).Select(StopAndWaitAsync));
        if (Postgres.FindRunningServer() is { } id)
        {
            throw new SnapshotException($"PostgreSQL still runs with process id {id}: stop it, then try again.");
        }

        log.LogInformation("Stopped {Servers}.", string.Join(", ", Names));

        async Task StopAndWaitAsync(IResource server)
        {
            await ExecuteAsync(server, KnownResourceCommands.StopCommand, timer.Token);
            await notifications.WaitForResourceAsync(server.Name, change => !IsRunning(change), timer.Token);
        }
    }

    /// <summary>
    /// Starts the servers, and returns when all are healthy. Postgres comes last: when the API's listener connects to it again, the API
    /// and the pages load everything again, and the other servers have to be there.
    /// </summary>
    /// <param name="log">Gets a line when they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SnapshotException">A server does not start.</exception>
    public async Task StartAsync(ILogger log, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(StartTimeout);
        try
        {
            await Task.WhenAll(_servers.Where(server => server is not EmbeddedPostgresResource).Select(StartAndWaitAsync));
        }
        finally
        {
            await Task.WhenAll(_servers.OfType<EmbeddedPostgresResource>().Select(StartAndWaitAsync));
        }

        log.LogInformation("Started {Servers}.", string.Join(", ", Names));

        async Task StartAndWaitAsync(IResource server)
        {
            if (!IsRunning(server))
            {
                await ExecuteAsync(server, KnownResourceCommands.StartCommand, timer.Token);
            }

            await WaitUntilHealthyAsync(server, timer.Token);
        }
    }

    private static bool IsRunning(ResourceEvent change) => !KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);

    private bool IsRunning(IResource server) => notifications.TryGetCurrentState(server.Name, out var current) && IsRunning(current);

    private async Task ExecuteAsync(IResource server, string command, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(server, command, cancellationToken);
        if (!result.Success)
        {
            throw new SnapshotException($"{server.Name} did not {command}: {result.Message ?? "the command was cancelled"}");
        }
    }

    /// <summary>
    /// Runs the server's health checks until they succeed. The orchestrator's own results can date from before the stop.
    /// </summary>
    private async Task WaitUntilHealthyAsync(IResource server, CancellationToken cancellationToken)
    {
        var checks = server.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        while (true)
        {
            try
            {
                var report = await health.CheckHealthAsync(check => checks.Contains(check.Name), cancellationToken);
                if (report.Status is HealthStatus.Healthy)
                {
                    return;
                }

                await Task.Delay(PollInterval, cancellationToken);
            }
            catch (OperationCanceledException error)
            {
                throw new SnapshotException($"{server.Name} is not healthy after {StartTimeout.TotalSeconds} s.", error);
            }
        }
    }
}
