namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Draws an edge from the resource to another in the dashboard's graph.</summary>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(resource);
        return builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));
    }

    /// <inheritdoc cref="WithRelationship{T}(IResourceBuilder{T}, IResource, string)"/>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <inheritdoc cref="WithRelationship{T}(IResourceBuilder{T}, IResource, string)"/>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

    /// <summary>Shows the resource below another in the dashboard's list.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithRelationship(parent.Resource, KnownRelationshipTypes.Parent);

    /// <summary>Shows the resource with an icon of the Fluent UI icon set.</summary>
    public static IResourceBuilder<T> WithIconName<T>(
        this IResourceBuilder<T> builder, string iconName, IconVariant iconVariant = IconVariant.Filled)
        where T : IResource
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(iconName);
        return builder.WithAnnotation(new ResourceIconAnnotation(iconName, iconVariant), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Hides the resource in the dashboard. "Show hidden resources" shows it.</summary>
    public static IResourceBuilder<T> WithHidden<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(new HiddenAnnotation(onExitCode: null), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Hides the resource in the dashboard once it has ended with an exit code. "Show hidden resources" shows it.</summary>
    public static IResourceBuilder<T> WithHiddenOnCompletion<T>(this IResourceBuilder<T> builder, int exitCode)
        where T : IResource => builder.WithAnnotation(new HiddenAnnotation(exitCode), ResourceAnnotationMutationBehavior.Replace);

    private static void LinkReferences<T>(IResourceBuilder<T> builder, IEnumerable<object> values)
        where T : IResource
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var value in values)
        {
            Visit(value);
        }

        void Visit(object value)
        {
            if (!seen.Add(value))
            {
                return;
            }

            if (value is IResource resource)
            {
                builder.WithReferenceRelationship(resource);
            }
            else if (value is IResourceBuilder<IResource> other)
            {
                builder.WithReferenceRelationship(other.Resource);
            }
            else if (value is IValueWithReferences composite)
            {
                foreach (var reference in composite.References)
                {
                    Visit(reference);
                }
            }
        }
    }
}

/// <summary>Configures how the dashboard shows resources without a process.</summary>
public static class CustomResourceExtensions
{
    /// <summary>Sets the snapshot that the dashboard shows before the resource publishes one.</summary>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(
        this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource
    {
        ArgumentNullException.ThrowIfNull(initialSnapshot);
        return builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
    }
}
