using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The commands that every process has: start, stop, restart.</summary>
internal static class LifecycleCommands
{
    /// <summary>A resource that carries this has none: the dashboard, which would not survive its own stop command.</summary>
    public sealed class ExcludeAnnotation : IResourceAnnotation;

    public static void Add(IResource resource)
    {
        if (resource.HasAnnotationOfType<ExcludeAnnotation>())
        {
            return;
        }

        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start resource", "Play", IconVariant.Filled, true, "started", StartState, (orchestrator, id, ct) => orchestrator.StartAsync(id, ct));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop resource", "Stop", IconVariant.Filled, true, "stopped", StopState, (orchestrator, id, ct) => orchestrator.StopAsync(id, ct));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "Restart resource", "ArrowCounterclockwise", IconVariant.Regular, false, "restarted", RestartState, async (orchestrator, id, ct) =>
        {
            await orchestrator.StopAsync(id, ct);
            await orchestrator.StartAsync(id, ct);
        });
    }

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string description,
        string icon,
        IconVariant variant,
        bool highlighted,
        string done,
        Func<string?, ResourceCommandState> state,
        Func<ApplicationOrchestrator, string, CancellationToken, Task> execute)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
        {
            return;
        }

        resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            displayName,
            context => state(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                await execute(context.Services.GetRequiredService<ApplicationOrchestrator>(), context.ResourceName, context.CancellationToken);
                return CommandResults.Success($"Resource \"{resource.Name}\" {done} successfully.");
            },
            description,
            confirmationMessage: null,
            icon,
            variant,
            highlighted));
    }

    private static ResourceCommandState StartState(string? state) => state switch
    {
        _ when IsStopped(state) || state == KnownResourceStates.Waiting => ResourceCommandState.Enabled,
        _ when IsStarting(state) => ResourceCommandState.Disabled,
        _ => ResourceCommandState.Hidden,
    };

    private static ResourceCommandState StopState(string? state) => state switch
    {
        _ when state == KnownResourceStates.Stopping => ResourceCommandState.Disabled,
        _ when IsStopped(state) || IsStarting(state) || state == KnownResourceStates.Waiting => ResourceCommandState.Hidden,
        _ => ResourceCommandState.Enabled,
    };

    private static ResourceCommandState RestartState(string? state) =>
        StopState(state) is ResourceCommandState.Enabled ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static bool IsStopped(string? state) => KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted || state == "Unknown";

    private static bool IsStarting(string? state) => string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting || state == KnownResourceStates.RuntimeUnhealthy;
}
