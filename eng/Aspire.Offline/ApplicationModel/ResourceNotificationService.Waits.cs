using System.Globalization;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits until a resource is in a state; <c>Running</c> by default.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
    {
        var state = string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState;
        return WaitAsync(
            resourceName, e => ResourceName.Equal(e.Snapshot.State?.Text, state), $"enter the state '{state}'", cancellationToken);
    }

    /// <summary>Waits until an event of a resource satisfies a predicate.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, predicate, "meet the predicate condition", cancellationToken);

    /// <summary>Waits until a resource runs, its health checks succeed and the handlers of its ready event have completed.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, options.Value.DefaultWaitBehavior, cancellationToken);

    /// <inheritdoc cref="WaitForResourceHealthyAsync(string, CancellationToken)"/>
    /// <exception cref="DistributedApplicationException">
    /// With <see cref="WaitBehavior.StopOnResourceUnavailable"/>: the resource has ended or failed, or does not exist.
    /// </exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stops = waitBehavior is WaitBehavior.StopOnResourceUnavailable;
        if (stops && !TryGetCurrentState(resourceName, out _) && !model.Resources.TryGetByName(resourceName, out _))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var reached = await WaitAsync(
            resourceName,
            e => e.Snapshot.HealthStatus is HealthStatus.Healthy || (stops && IsUnavailable(e.Snapshot)),
            "become healthy",
            cancellationToken);
        return reached.Snapshot.HealthStatus is HealthStatus.Healthy
            ? await WaitUntilReadyAsync(resourceName, reached.ResourceId, cancellationToken)
            : throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
    }

    private static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) || snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy;

    private async Task<ResourceEvent> WaitUntilReadyAsync(string resourceName, string id, CancellationToken cancellationToken)
    {
        var ready = await WaitAsync(
            resourceName,
            e => e.ResourceId == id && e.Snapshot.ReadyEvent is not null,
            "execute the resource ready event",
            cancellationToken);
        await ready.Snapshot.ReadyEvent!.WaitAsync(cancellationToken);
        return ready;
    }

    private async Task<ResourceEvent> WaitAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, string condition, CancellationToken cancellationToken)
    {
        OperationCanceledException? cancelled = null;
        try
        {
            await foreach (var next in WatchAsync(cancellationToken))
            {
                if (ResourceName.Equal(next.Resource.Name, resourceName) && predicate(next))
                {
                    return next;
                }
            }
        }
        catch (OperationCanceledException exception)
        {
            cancelled = exception;
        }

        var message = $"Resource '{resourceName}' failed to {condition} before the operation was cancelled.";
        throw new OperationCanceledException(message + Environment.NewLine + Describe(resourceName), cancelled, cancellationToken);
    }

    /// <summary>The state of a resource, for the message of a cancelled wait.</summary>
    private string Describe(string resourceName)
    {
        if (!TryGetCurrentState(resourceName, out var current))
        {
            return $"Unable to retrieve current state for resource '{resourceName}'.";
        }

        var (snapshot, culture) = (current.Snapshot, CultureInfo.InvariantCulture);
        var text = new StringBuilder()
            .AppendLine(culture, $"- Current State: {snapshot.State?.Text ?? "(null)"}")
            .AppendLine(culture, $"- Current Health: {snapshot.HealthStatus?.ToString() ?? "(null)"}");
        if (snapshot.ExitCode is { } code)
        {
            text.AppendLine(culture, $"- Exit Code: {code}");
        }

        foreach (var report in snapshot.HealthReports)
        {
            var reason = report.Description ?? report.ExceptionText?.Split('\n')[0];
            text.AppendLine(culture, $"- Health Report {report.Name}: {report.Status?.ToString() ?? "Unknown"} {reason}");
        }

        foreach (var id in snapshot.Properties.FirstOrDefault(p => p.Name == KnownProperties.WaitingFor)?.Value as string[] ?? [])
        {
            TryGetCurrentState(id, out var dependency);
            var (state, health) = (dependency?.Snapshot.State?.Text, dependency?.Snapshot.HealthStatus);
            text.AppendLine(culture, $"- Waiting For: {id}, State = {state ?? "(null)"}, Health = {health?.ToString() ?? "(null)"}");
        }

        return text.ToString().TrimEnd();
    }
}
