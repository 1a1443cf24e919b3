using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppHost.Report;

/// <summary>Where a resource is, for the person who watches the start.</summary>
internal enum ReportedPhase
{
    /// <summary>The resource waits for others or is starting.</summary>
    Pending,

    /// <summary>npm installs packages.</summary>
    Installing,

    /// <summary>The server is healthy, or the one-shot has succeeded.</summary>
    Ready,

    /// <summary>Somebody has stopped the resource.</summary>
    Stopped,

    /// <summary>The resource has ended or could not be started.</summary>
    Failed,
}

/// <summary>A resource of the report, with the last snapshot of each of its instances.</summary>
internal sealed class ReportedResource
{
    private static readonly TimeSpan UnhealthyTime = TimeSpan.FromSeconds(15);

    private static readonly string[] EndedStates =
        [KnownResourceStates.FailedToStart, KnownResourceStates.Exited, KnownResourceStates.RuntimeUnhealthy, KnownResourceStates.Finished];

    private readonly bool _isOneShot;
    private readonly Dictionary<string, CustomResourceSnapshot> _instances = [];
    private DateTime _runningSince;

    private ReportedResource(IResource resource, bool isOneShot)
    {
        Resource = resource;
        _isOneShot = isOneShot;
        IsInstaller = !CruddurResources.All.Contains(resource.Name);
    }

    public IResource Resource { get; }

    public string Name => Resource.Name;

    /// <summary>Whether this is not part of the running system, but installs packages for it.</summary>
    public bool IsInstaller { get; }

    public ReportedPhase Phase { get; private set; }

    /// <summary>Whether the resource is being started or installed, and does not wait for another one.</summary>
    public bool IsBusy => Phase is ReportedPhase.Pending or ReportedPhase.Installing && _instances.Values.Any(
        instance => instance.State?.Text == KnownResourceStates.Running || instance.State?.Text == KnownResourceStates.Starting);

    /// <summary>The exit code of an instance that has failed.</summary>
    public int? ExitCode => _instances.Values.Select(instance => instance.ExitCode).FirstOrDefault(code => code is not null and not 0)
        ?? _instances.Values.Select(instance => instance.ExitCode).FirstOrDefault(code => code is not null);

    /// <summary>The address under which people reach the resource.</summary>
    public string? Address =>
        _instances.Values.SelectMany(instance => instance.Urls).FirstOrDefault(url => !url.IsInternal && !url.IsInactive)?.Url;

    /// <summary>The resources of the running system, and the installers that it waits for.</summary>
    /// <param name="model">All resources.</param>
    public static ReportedResource[] From(DistributedApplicationModel model)
    {
        var oneShots = model.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType is WaitType.WaitForCompletion).Select(wait => wait.Resource).ToHashSet();
        return [.. model.Resources
            .Where(resource => CruddurResources.All.Contains(resource.Name) || oneShots.Contains(resource))
            .Select(resource => new ReportedResource(resource, oneShots.Contains(resource)))];
    }

    /// <summary>Takes a snapshot of one instance.</summary>
    /// <param name="change">The snapshot.</param>
    /// <returns>Whether it changes the <see cref="Phase"/>.</returns>
    public bool Update(ResourceEvent change)
    {
        var before = _instances.GetValueOrDefault(change.ResourceId)?.State?.Text;
        _instances[change.ResourceId] = change.Snapshot;
        if (before != KnownResourceStates.Running && change.Snapshot.State?.Text == KnownResourceStates.Running)
        {
            _runningSince = DateTime.Now;
        }

        var old = Phase;
        Phase = Next(change.Snapshot, before);
        return Phase != old;
    }

    /// <summary>The resource's name, and why it is not healthy when it has run for long.</summary>
    public string Describe()
    {
        var reason = Explain(_instances.Values.SelectMany(instance => instance.HealthReports));
        return reason is not null && DateTime.Now - _runningSince > UnhealthyTime ? $"{Name} ({reason})" : Name;
    }

    /// <summary>Why a resource is not healthy. A check that names the cause itself comes before one that passes an exception on.</summary>
    /// <param name="reports">The results of its health checks.</param>
    internal static string? Explain(IEnumerable<HealthReportSnapshot> reports) => reports
        .Where(report => report.Status is HealthStatus.Unhealthy && report.Description is not null)
        .MinBy(report => report.ExceptionText is not null)?.Description;

    private static bool IsHealthy(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus is HealthStatus.Healthy;

    private static bool HasSucceeded(CustomResourceSnapshot snapshot) =>
        EndedStates.Contains(snapshot.State?.Text) && snapshot.ExitCode == 0;

    private ReportedPhase Next(CustomResourceSnapshot snapshot, string? before)
    {
        if (_instances.Values.All(_isOneShot ? HasSucceeded : IsHealthy))
        {
            return ReportedPhase.Ready;
        }

        var state = snapshot.State?.Text;
        if (EndedStates.Contains(state))
        {
            return before == KnownResourceStates.Stopping ? ReportedPhase.Stopped
                : Phase is ReportedPhase.Stopped or ReportedPhase.Failed ? Phase
                : ReportedPhase.Failed;
        }

        // A server that is unhealthy for a moment, or that is stopping, stays ready until it has ended.
        var isRunning = state == KnownResourceStates.Running || state == KnownResourceStates.Stopping;
        return isRunning && Phase is ReportedPhase.Ready && !_isOneShot ? ReportedPhase.Ready
            : isRunning && IsInstaller ? ReportedPhase.Installing
            : ReportedPhase.Pending;
    }
}
