using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits until a resource is in a state, <c>Running</c> where none is given.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until a resource is in one of several states and says which.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToArray();
        var reached = await WaitAsync(
            resourceName,
            e => e.Snapshot.State?.Text is { Length: > 0 } text && states.Contains(text, StringComparer.OrdinalIgnoreCase),
            $"Resource '{resourceName}' failed to reach one of the target states: [{string.Join(", ", states)}] before the operation was cancelled.",
            cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource's snapshot satisfies a predicate.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, predicate, $"Resource '{resourceName}' failed to meet the predicate condition before the operation was cancelled.", cancellationToken);

    /// <summary>Waits until a resource runs, its health checks succeed and the handlers of its ready event have ended.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <inheritdoc cref="WaitForResourceHealthyAsync(string, CancellationToken)"/>
    /// <exception cref="DistributedApplicationException">The resource ended or failed, and <paramref name="waitBehavior"/> says to stop then; or there is no such resource.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (waitBehavior is WaitBehavior.StopOnResourceUnavailable
            && !TryGetCurrentState(resourceName, out _)
            && !serviceProvider.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resourceName, out _))
        {
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var reached = await WaitAsync(
            resourceName,
            e => e.Snapshot.HealthStatus is HealthStatus.Healthy || (waitBehavior is WaitBehavior.StopOnResourceUnavailable && IsUnavailable(e.Snapshot)),
            $"Resource '{resourceName}' failed to become healthy before the operation was cancelled.",
            cancellationToken);
        return reached.Snapshot.HealthStatus is HealthStatus.Healthy
            ? await WaitUntilReadyAsync(reached, cancellationToken)
            : throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
    }

    /// <summary>Waits for all that a resource was told to wait for, and shows it as waiting meanwhile.</summary>
    /// <exception cref="DistributedApplicationException">A dependency failed, or ended with the wrong exit code.</exception>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource is not IResourceWithoutLifetime)
            .SelectMany(w => w.Resource.InstanceIds().Select(id => (Wait: w, Id: id))).ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        var pending = waits.Select(w => w.Id).ToList();
        await PublishWaitingAsync(resource, pending);
        await Task.WhenAll(waits.Select(async w =>
        {
            await WaitForDependencyAsync(resource, w.Wait, w.Id, cancellationToken);
            string[] left;
            lock (pending)
            {
                pending.Remove(w.Id);
                left = [.. pending];
            }

            await PublishWaitingAsync(resource, left);
        }));
    }

    private static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) || snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy;

    private async Task WaitForDependencyAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var log = resourceLoggerService.GetLogger(resource);
        var dependency = wait.Resource;
        var displayName = dependency.InstanceIds().Count > 1 ? id : dependency.Name;
        if (wait.WaitType is WaitType.WaitForCompletion)
        {
            log.LogInformation("Waiting for resource '{ResourceName}' to complete.", displayName);
            var ended = await WaitAsync(
                dependency.Name,
                e => e.ResourceId == id && (KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text) || e.Snapshot.ExitCode is not null),
                $"Resource '{displayName}' failed to reach a terminal state before the operation was cancelled.",
                cancellationToken);
            ThrowIfFailed(ended.Snapshot);
            if (ended.Snapshot.ExitCode is { } code && code != wait.ExitCode)
            {
                var state = ended.Snapshot.State!.Text;
                log.LogError("Resource '{ResourceName}' has entered the '{State}' state with exit code '{ExitCode}' expected '{ExpectedExitCode}'.", displayName, state, code, wait.ExitCode);
                throw new DistributedApplicationException($"Resource '{resource.Name}' stopped waiting for dependency resource '{displayName}' because it entered the '{state}' state with exit code '{code}', expected '{wait.ExitCode}'.");
            }
        }
        else
        {
            var stops = (wait.WaitBehavior ?? DefaultWaitBehavior) is WaitBehavior.StopOnResourceUnavailable;
            log.LogInformation("Waiting for resource '{ResourceName}' to enter the '{State}' state.", displayName, KnownResourceStates.Running);
            var started = await WaitAsync(
                dependency.Name,
                e => e.ResourceId == id && (e.Snapshot.State?.Text == KnownResourceStates.Running || (stops && IsUnavailable(e.Snapshot))),
                $"Resource '{displayName}' failed to enter the '{KnownResourceStates.Running}' state before the operation was cancelled.",
                cancellationToken);
            if (started.Snapshot.State!.Text != KnownResourceStates.Running)
            {
                ThrowIfFailed(started.Snapshot);
                var state = started.Snapshot.State.Text;
                log.LogError("Resource '{ResourceName}' has entered the '{State}' state prematurely.", displayName, state);
                throw new DistributedApplicationException($"Resource '{resource.Name}' stopped waiting for dependency resource '{displayName}' because it entered the '{state}' state prematurely.");
            }

            if (wait.WaitType is WaitType.WaitUntilHealthy)
            {
                if (dependency.HasAnnotationOfType<HealthCheckAnnotation>())
                {
                    log.LogInformation("Waiting for resource '{ResourceName}' to become healthy.", displayName);
                    await WaitAsync(
                        dependency.Name,
                        e => e.ResourceId == id && e.Snapshot.HealthStatus is HealthStatus.Healthy,
                        $"Resource '{displayName}' failed to become healthy before the operation was cancelled.",
                        cancellationToken);
                }

                await WaitUntilReadyAsync(started, cancellationToken);
            }
        }

        log.LogInformation("Finished waiting for resource '{ResourceName}'.", displayName);

        void ThrowIfFailed(CustomResourceSnapshot snapshot)
        {
            if (snapshot.State?.Text == KnownResourceStates.FailedToStart)
            {
                log.LogError("Dependency resource '{ResourceName}' failed to start.", displayName);
                throw new DistributedApplicationException($"Resource '{resource.Name}' stopped waiting for dependency resource '{displayName}' because it failed to start.");
            }
        }
    }

    private async Task<ResourceEvent> WaitUntilReadyAsync(ResourceEvent running, CancellationToken cancellationToken)
    {
        var ready = await WaitAsync(
            running.Resource.Name,
            e => e.ResourceId == running.ResourceId && e.Snapshot.ReadyEvent is not null,
            $"Resource '{running.Resource.Name}' failed to execute the resource ready event before the operation was cancelled.",
            cancellationToken);
        await ready.Snapshot.ReadyEvent!.WaitAsync(cancellationToken);
        return ready;
    }

    private Task PublishWaitingAsync(IResource resource, IReadOnlyList<string> ids) => PublishUpdateAsync(resource, s =>
    {
        var canWait = s.State is null || s.State.Text == KnownResourceStates.NotStarted || s.State.Text == KnownResourceStates.Starting || s.State.Text == KnownResourceStates.Waiting;
        return ids.Count == 0 ? s.WithoutProperty(KnownProperties.WaitingFor)
            : !canWait ? s
            : (s with { State = KnownResourceStates.Waiting }).WithProperty(new(KnownProperties.WaitingFor, ids.Distinct().ToArray()));
    });

    private async Task<ResourceEvent> WaitAsync(string resourceName, Func<ResourceEvent, bool> predicate, string cancellationMessage, CancellationToken cancellationToken)
    {
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
            throw new OperationCanceledException(cancellationMessage + Environment.NewLine + Describe(resourceName), exception, exception.CancellationToken);
        }

        throw new OperationCanceledException(cancellationMessage + Environment.NewLine + Describe(resourceName));
    }

    /// <summary>What a wait that gave up tells about the resource it waited for.</summary>
    private string Describe(string resourceName)
    {
        if (!TryGetCurrentState(resourceName, out var current))
        {
            return $"Unable to retrieve current state for resource '{resourceName}'.";
        }

        var snapshot = current.Snapshot;
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"- Current State: {snapshot.State?.Text ?? "(null)"}")
            .AppendLine(CultureInfo.InvariantCulture, $"- Current Health: {snapshot.HealthStatus?.ToString() ?? "(null)"}");
        if (snapshot.ExitCode is { } code)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- Exit Code: {code}");
        }

        foreach (var report in snapshot.HealthReports)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- Health Report {report.Name}: {report.Status?.ToString() ?? "Unknown"} {report.Description ?? report.ExceptionText?.Split('\n')[0]}");
        }

        foreach (var id in snapshot.Properties.FirstOrDefault(p => p.Name == KnownProperties.WaitingFor)?.Value as string[] ?? [])
        {
            TryGetCurrentState(id, out var dependency);
            text.AppendLine(CultureInfo.InvariantCulture, $"- Waiting For: {id}, State = {dependency?.Snapshot.State?.Text ?? "(null)"}, Health = {dependency?.Snapshot.HealthStatus?.ToString() ?? "(null)"}");
        }

        return text.ToString().TrimEnd();
    }
}
