using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Cruddur.AppHost.Commands;

/// <summary>Enables commands while the resources that they need can take them.</summary>
internal static class CommandState
{
    private static readonly string?[] BusyStates = [KnownResourceStates.Starting, KnownResourceStates.Running];

    /// <summary>Whether a command can run now.</summary>
    /// <param name="services">The AppHost's services.</param>
    /// <param name="servers">The resources that have to be healthy.</param>
    /// <param name="changesData">Whether the command changes data, which the seeder must not do at the same time.</param>
    public static ResourceCommandState Get(IServiceProvider services, IReadOnlyList<string> servers, bool changesData)
    {
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var isReady = servers.All(IsHealthy) && !(changesData && IsSeeding());
        return isReady ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

        // A user pool on AWS is no resource.
        bool IsHealthy(string server) => model.Resources.All(resource => resource.Name != server)
            || (notifications.TryGetCurrentState(server, out var current) && current.Snapshot.HealthStatus is HealthStatus.Healthy);

        bool IsSeeding() => notifications.TryGetCurrentState(CruddurResources.Seeder, out var current)
            && BusyStates.Contains(current.Snapshot.State?.Text);
    }

    /// <summary>
    /// Publishes the resources again when the state of another resource changes, until the AppHost stops. Aspire asks for the state of
    /// a resource's commands only when the resource itself changes.
    /// </summary>
    /// <param name="services">The AppHost's services.</param>
    public static async Task FollowAsync(IServiceProvider services)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var seen = new Dictionary<string, (IResource Resource, string? State, HealthStatus? Health)>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                var current = (change.Resource, change.Snapshot.State?.Text, change.Snapshot.HealthStatus);
                if (seen.TryGetValue(change.ResourceId, out var previous) && previous == current)
                {
                    continue;
                }

                seen[change.ResourceId] = current;
                foreach (var (id, (resource, _, _)) in seen)
                {
                    if (resource.Annotations.OfType<StatefulCommandsAnnotation>().Any())
                    {
                        await notifications.PublishUpdateAsync(resource, id, snapshot => snapshot);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The AppHost stops.
        }
    }
}

/// <summary>The commands of the resource depend on the state of other resources.</summary>
internal sealed record StatefulCommandsAnnotation : IResourceAnnotation;
