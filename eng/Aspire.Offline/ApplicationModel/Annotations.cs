namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a resource wait for another before it starts.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code that <see cref="WaitType.WaitForCompletion"/> expects.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What a wait waits for.</summary>
public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
}

/// <summary>What a wait does when the other resource ends or fails: it goes on waiting, or it fails.</summary>
public enum WaitBehavior
{
    WaitOnResourceUnavailable,
    StopOnResourceUnavailable,
}

/// <summary>Ties a registered health check to a resource.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));
}

/// <summary>The resource starts on command only.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The number of processes that run behind a project's endpoints.</summary>
internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;

/// <summary>An edge in the dashboard's graph, from the annotated resource to another.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public string Type { get; } = type;
}

/// <summary>The icon of a resource in the dashboard: a name of the Fluent UI icon set.</summary>
internal sealed record ResourceIconAnnotation(string IconName, IconVariant IconVariant) : IResourceAnnotation;

/// <summary>What the dashboard shows before the resource publishes anything.</summary>
internal sealed record ResourceSnapshotAnnotation(CustomResourceSnapshot InitialSnapshot) : IResourceAnnotation;

/// <summary>Keeps a resource out of the dashboard's lists: always, or once it has ended with an exit code.</summary>
internal sealed class HiddenAnnotation(int? onExitCode) : IResourceAnnotation
{
    public bool Applies(CustomResourceSnapshot snapshot) =>
        onExitCode is null || (snapshot.State?.Text == KnownResourceStates.Finished && snapshot.ExitCode == onExitCode);
}

/// <summary>The resource exports telemetry to the dashboard.</summary>
internal sealed class OtlpExporterAnnotation : IResourceAnnotation;

/// <summary>The instances of a resource: one process, or one for each replica.</summary>
internal sealed record ResourceInstancesAnnotation(IReadOnlyList<ResourceInstance> Instances) : IResourceAnnotation;

/// <param name="Id">The resource's name and a random suffix: <c>api-x7k2mfqa</c>.</param>
/// <param name="Suffix">The suffix alone, which telemetry carries as <c>service.instance.id</c>.</param>
internal sealed record ResourceInstance(string Id, string Suffix);
