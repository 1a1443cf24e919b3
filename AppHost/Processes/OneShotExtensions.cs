using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Processes;

/// <summary>What depends on a process that runs once.</summary>
public static class OneShotExtensions
{
    /// <summary>
    /// Starts what waits for this process, directly or through others, when the process succeeds after a failure. Aspire fails the
    /// start of a dependent when the process fails, and does not start it again by itself.
    /// </summary>
    /// <param name="oneShot">The process.</param>
    public static IResourceBuilder<ProjectResource> WithDependentsStartedOnRecovery(this IResourceBuilder<ProjectResource> oneShot) =>
        oneShot.OnResourceStopped(async (resource, @event, cancellationToken) =>
        {
            if (@event.ResourceEvent.Snapshot.ExitCode is not 0)
            {
                return;
            }

            var notifications = @event.Services.GetRequiredService<ResourceNotificationService>();
            var commands = @event.Services.GetRequiredService<ResourceCommandService>();
            foreach (var dependent in oneShot.ApplicationBuilder.Resources.Where(other => WaitsFor(other, resource)).ToArray())
            {
                // All replicas fail together, so the state of any of them will do.
                var current = await notifications.WaitForResourceAsync(dependent.Name, _ => true, cancellationToken);
                if (current.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
                {
                    await commands.ExecuteCommandAsync(dependent, KnownResourceCommands.StartCommand, cancellationToken);
                }
            }
        });

    private static bool WaitsFor(IResource resource, IResource dependency) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == dependency || WaitsFor(wait.Resource, dependency));
}
