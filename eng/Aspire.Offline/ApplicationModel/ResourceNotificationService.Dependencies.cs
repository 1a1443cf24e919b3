using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits for the dependencies of a resource. Meanwhile the resource is in the state <c>Waiting</c>.</summary>
    /// <exception cref="DistributedApplicationException">
    /// A dependency has ended with another exit code than expected; or, with <see cref="WaitBehavior.StopOnResourceUnavailable"/>,
    /// a dependency has ended or failed.
    /// </exception>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>()
            .SelectMany(w => w.Resource.InstanceIds().Select(id => new DependencyWait(resource, w, id))).ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        var pending = waits.Select(w => w.Id).ToList();
        await PublishWaitingAsync(resource, pending);
        await Task.WhenAll(waits.Select(async w =>
        {
            await WaitForDependencyAsync(w, cancellationToken);
            string[] remaining;
            lock (pending)
            {
                pending.Remove(w.Id);
                remaining = [.. pending];
            }

            await PublishWaitingAsync(resource, remaining);
        }));
    }

    private Task PublishWaitingAsync(IResource resource, IReadOnlyList<string> ids) => PublishUpdateAsync(resource, s =>
    {
        var state = s.State?.Text;
        var canWait = state is null || state == KnownResourceStates.NotStarted || state == KnownResourceStates.Starting
            || state == KnownResourceStates.Waiting;
        return ids.Count == 0 ? s.WithoutProperty(KnownProperties.WaitingFor)
            : !canWait ? s
            : (s with { State = KnownResourceStates.Waiting }).WithProperty(new(KnownProperties.WaitingFor, ids.Distinct().ToArray()));
    });

    private async Task WaitForDependencyAsync(DependencyWait wait, CancellationToken cancellationToken)
    {
        var log = resourceLoggerService.GetLogger(wait.Resource);
        if (wait.Annotation.WaitType is WaitType.WaitForCompletion)
        {
            await WaitForCompletionAsync(wait, log, cancellationToken);
        }
        else
        {
            await WaitUntilHealthyAsync(wait, log, cancellationToken);
        }

        log.LogInformation("Finished waiting for resource '{ResourceName}'.", wait.DisplayName);
    }

    private async Task WaitForCompletionAsync(DependencyWait wait, ILogger log, CancellationToken cancellationToken)
    {
        log.LogInformation("Waiting for resource '{ResourceName}' to complete.", wait.DisplayName);
        var ended = await WaitAsync(
            wait.Dependency.Name,
            e => e.ResourceId == wait.Id && KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text),
            "reach a terminal state",
            cancellationToken);
        wait.ThrowIfFailedToStart(ended.Snapshot);
        if (ended.Snapshot is { ExitCode: { } code } && code != wait.Annotation.ExitCode)
        {
            var state = ended.Snapshot.State!.Text;
            throw wait.Stopped($"it entered the '{state}' state with exit code '{code}', expected '{wait.Annotation.ExitCode}'");
        }
    }

    private async Task WaitUntilHealthyAsync(DependencyWait wait, ILogger log, CancellationToken cancellationToken)
    {
        var stops = options.Value.DefaultWaitBehavior is WaitBehavior.StopOnResourceUnavailable;
        log.LogInformation("Waiting for resource '{ResourceName}' to enter the 'Running' state.", wait.DisplayName);
        var started = await WaitAsync(
            wait.Dependency.Name,
            e => e.ResourceId == wait.Id && (e.Snapshot.State?.Text == KnownResourceStates.Running || (stops && IsUnavailable(e.Snapshot))),
            "enter the 'Running' state",
            cancellationToken);
        if (started.Snapshot.State!.Text != KnownResourceStates.Running)
        {
            wait.ThrowIfFailedToStart(started.Snapshot);
            throw wait.Stopped($"it entered the '{started.Snapshot.State.Text}' state prematurely");
        }

        if (wait.Dependency.HasAnnotationOfType<HealthCheckAnnotation>())
        {
            log.LogInformation("Waiting for resource '{ResourceName}' to become healthy.", wait.DisplayName);
            await WaitAsync(
                wait.Dependency.Name,
                e => e.ResourceId == wait.Id && e.Snapshot.HealthStatus is HealthStatus.Healthy,
                "become healthy",
                cancellationToken);
        }

        await WaitUntilReadyAsync(wait.Dependency.Name, wait.Id, cancellationToken);
    }

    /// <summary>The wait of a resource for one instance of a dependency.</summary>
    private sealed record DependencyWait(IResource Resource, WaitAnnotation Annotation, string Id)
    {
        public IResource Dependency => Annotation.Resource;

        public string DisplayName => Dependency.InstanceIds().Count > 1 ? Id : Dependency.Name;

        public void ThrowIfFailedToStart(CustomResourceSnapshot snapshot)
        {
            if (snapshot.State?.Text == KnownResourceStates.FailedToStart)
            {
                throw Stopped("it failed to start");
            }
        }

        public DistributedApplicationException Stopped(string reason) =>
            new($"Resource '{Resource.Name}' stopped waiting for dependency resource '{DisplayName}' because {reason}.");
    }
}
