namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource when the dependency runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(dependency);

        // The state of a child follows from that of its parent.
        if (dependency.Resource is IResourceWithParent child)
        {
            builder.Wait(child.Parent, WaitType.WaitUntilHealthy);
        }

        return builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy)
            .WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor);
    }

    /// <summary>Starts the resource when the dependency has ended with an exit code. Another exit code fails the start.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(dependency);
        return builder.Wait(dependency.Resource, WaitType.WaitForCompletion, exitCode)
            .WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor);
    }

    /// <summary>Leaves the start of the resource to its start command.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(new ExplicitStartupAnnotation());

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType type, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        if (ReferenceEquals(builder.Resource, dependency))
        {
            throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.");
        }

        if (builder.Resource is IResourceWithParent child && child.Parent == dependency)
        {
            throw new DistributedApplicationException(
                $"The '{builder.Resource.Name}' resource cannot wait for its parent '{dependency.Name}'.");
        }

        return builder.WithAnnotation(new WaitAnnotation(dependency, type, exitCode));
    }
}
