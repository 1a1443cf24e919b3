using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Cruddur.AppHost.Startup;

/// <summary>Prints a line for each resource when it is ready, and one when all are; or the end of the log of one that failed.</summary>
/// <param name="notifications">Tells how the resources change.</param>
/// <param name="logs">Holds what the resources print.</param>
/// <param name="model">All resources.</param>
internal sealed class StartupReport(ResourceNotificationService notifications, ResourceLoggerService logs, DistributedApplicationModel model)
{
    private const int LogLinesShown = 15;

    private static readonly string[] FailedStates =
        [KnownResourceStates.FailedToStart, KnownResourceStates.Exited, KnownResourceStates.RuntimeUnhealthy, KnownResourceStates.Finished];

    private static readonly TimeSpan LogTime = TimeSpan.FromSeconds(2);

    /// <summary>Prints until everything is ready, something fails or the AppHost stops.</summary>
    /// <param name="stoppingToken">Ends the report early.</param>
    public async Task PrintAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PrintUntilReadyAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The AppHost stops before everything is ready.
        }
    }

    private static bool IsHealthy(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus is HealthStatus.Healthy;

    private static bool HasEndedWell(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) && snapshot.ExitCode == 0;

    private static string? Address(CustomResourceSnapshot snapshot) =>
        snapshot.Urls.FirstOrDefault(url => !url.IsInternal && !url.IsInactive)?.Url;

    private static string Seconds(DateTime start) => $"{(DateTime.Now - start).TotalSeconds:0.0} s";

    private async Task PrintUntilReadyAsync(CancellationToken stoppingToken)
    {
        var start = Process.GetCurrentProcess().StartTime;
        var oneShots = model.Resources
            .SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType is WaitType.WaitForCompletion)
            .Select(wait => wait.Resource)
            .ToHashSet();
        var waiting = model.Resources.Select(resource => resource.Name).Intersect(CruddurResources.All).ToHashSet();
        var width = waiting.Max(name => name.Length);

        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            var name = change.Resource.Name;
            if (!waiting.Contains(name))
            {
                continue;
            }

            if (oneShots.Contains(change.Resource) ? HasEndedWell(change.Snapshot) : IsHealthy(change.Snapshot))
            {
                waiting.Remove(name);
                Console.WriteLine($"  {name.PadRight(width)}  {Seconds(start),6}  {Address(change.Snapshot)}");
            }
            else if (FailedStates.Contains(change.Snapshot.State?.Text))
            {
                waiting.Remove(name);
                await PrintFailureAsync(change.Resource, change.Snapshot);
                return;
            }

            if (waiting.Count == 0)
            {
                Console.WriteLine($"ready in {Seconds(start)}");
                return;
            }
        }
    }

    private async Task PrintFailureAsync(IResource resource, CustomResourceSnapshot snapshot)
    {
        var reason = snapshot.ExitCode is { } code ? $"ended with exit code {code}" : "did not start";
        Console.Error.WriteLine($"{resource.Name} {reason}. The end of its log:");
        foreach (var line in await ReadLogEndAsync(resource))
        {
            Console.Error.WriteLine($"  {line}");
        }

        Console.Error.WriteLine($"The dashboard shows the rest. Mend the cause, then press Start on {resource.Name} there, or start the AppHost again.");
    }

    /// <summary>The last lines of a resource's log, as far as they can be read soon.</summary>
    private async Task<Queue<string>> ReadLogEndAsync(IResource resource)
    {
        var lines = new Queue<string>();
        using var timer = new CancellationTokenSource(LogTime);
        try
        {
            await foreach (var batch in logs.GetAllAsync(resource).WithCancellation(timer.Token))
            {
                foreach (var line in batch)
                {
                    lines.Enqueue(line.Content);
                    if (lines.Count > LogLinesShown)
                    {
                        lines.Dequeue();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            // What has been read is better than nothing.
        }

        return lines;
    }
}

/// <summary>Adds the report to the AppHost.</summary>
public static class StartupReportExtensions
{
    /// <summary>Prints on the console how the start goes.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static void AddStartupReport(this IDistributedApplicationBuilder builder) =>
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, cancellationToken) =>
        {
            // Not a hosted service: those only start when all resources have been started.
            var report = ActivatorUtilities.CreateInstance<StartupReport>(@event.Services);
            _ = report.PrintAsync(@event.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            return Task.CompletedTask;
        });
}
