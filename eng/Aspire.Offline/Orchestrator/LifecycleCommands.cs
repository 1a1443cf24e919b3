namespace Aspire.Hosting.Orchestrator;

/// <summary>The commands that every process has: start, stop, restart.</summary>
internal static class LifecycleCommands
{
    /// <summary>The resource has no such commands.</summary>
    public sealed class ExcludeAnnotation : IResourceAnnotation;

    public static void Add(IResource resource)
    {
        if (resource.HasAnnotationOfType<ExcludeAnnotation>())
        {
            return;
        }

        Add(KnownResourceCommands.StartCommand, "Start", "started", StartState, (lifecycle, id, ct) => lifecycle.StartAsync(id, ct), new()
        {
            IconName = "Play",
            IconVariant = IconVariant.Filled,
            IsHighlighted = true,
        });
        Add(KnownResourceCommands.StopCommand, "Stop", "stopped", StopState, (lifecycle, id, ct) => lifecycle.StopAsync(id, ct), new()
        {
            IconName = "Stop",
            IconVariant = IconVariant.Filled,
            IsHighlighted = true,
        });
        Add(KnownResourceCommands.RestartCommand, "Restart", "restarted", RestartState, RestartAsync, new()
        {
            IconName = "ArrowCounterclockwise",
        });

        void Add(
            string name,
            string displayName,
            string done,
            Func<string?, ResourceCommandState> state,
            Func<ProcessLifecycle, string, CancellationToken, Task> execute,
            CommandOptions options)
        {
            options.Description = $"{displayName} resource";
            options.UpdateState = context => state(context.ResourceSnapshot.State?.Text);
            resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, ExecuteAsync, options));

            async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
            {
                await execute(context.Services.GetRequiredService<ProcessLifecycle>(), context.ResourceName, context.CancellationToken);
                return CommandResults.Success($"Resource \"{resource.Name}\" {done} successfully.");
            }
        }
    }

    private static async Task RestartAsync(ProcessLifecycle lifecycle, string id, CancellationToken cancellationToken)
    {
        await lifecycle.StopAsync(id, cancellationToken);
        await lifecycle.StartAsync(id, cancellationToken);
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

    private static bool IsStopped(string? state) =>
        KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted || state == "Unknown";

    private static bool IsStarting(string? state) =>
        string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting || state == KnownResourceStates.RuntimeUnhealthy;
}
