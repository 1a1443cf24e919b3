using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads the annotations of resources.</summary>
public static class ResourceExtensions
{
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    internal static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e));

    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, [EndpointName] string endpointName) =>
        new(resource, endpointName);

    internal static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    /// <summary>The ids under which snapshots and logs of a resource are kept.</summary>
    internal static IReadOnlyList<string> InstanceIds(this IResource resource) =>
        resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var named)
            ? [.. named.Instances.Select(i => i.Id)]
            : [resource.Name];

    internal static bool HasProcess(this IResource resource) => resource is ExecutableResource or ProjectResource;

    /// <summary>Whether the resource starts and stops by itself, and not with its parent.</summary>
    internal static bool HasOwnLifetime(this IResource resource) => resource.HasProcess() || resource is ParameterResource;

    internal static string ResourceType(this IResource resource) => resource switch
    {
        ProjectResource => KnownResourceTypes.Project,
        ExecutableResource => KnownResourceTypes.Executable,
        ParameterResource => KnownResourceTypes.Parameter,
        _ => resource.GetType().Name,
    };

    /// <summary>The annotations of a resource and of its ancestors: a database is as healthy as its server.</summary>
    internal static IEnumerable<T> AnnotationsIncludingAncestors<T>(this IResource resource)
        where T : IResourceAnnotation
    {
        for (var current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            foreach (var annotation in current.Annotations.OfType<T>())
            {
                yield return annotation;
            }
        }
    }
}
