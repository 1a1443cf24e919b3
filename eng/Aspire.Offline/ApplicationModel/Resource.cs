using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a process, a project, a parameter, a database.</summary>
public interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Data attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>The annotations of one resource, in the order in which they were added. They can change while somebody reads them.</summary>
public sealed class ResourceAnnotationCollection : IEnumerable<IResourceAnnotation>
{
    private ImmutableArray<IResourceAnnotation> _items = [];

    public void Add(IResourceAnnotation item) => ImmutableInterlocked.Update(ref _items, items => items.Add(item));

    public bool Remove(IResourceAnnotation item) => ImmutableInterlocked.Update(ref _items, items => items.Remove(item));

    public IEnumerator<IResourceAnnotation> GetEnumerator() => ((IEnumerable<IResourceAnnotation>)_items).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Base of every resource.</summary>
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>Has environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>Has command-line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>Can wait for other resources before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>Listens on endpoints.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>Belongs to another resource and shares its lifetime.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

/// <inheritdoc cref="IResourceWithParent"/>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>Configures a resource.</summary>
public interface IResourceBuilder<out T>
    where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }

    IResourceBuilder<T> WithAnnotation<TAnnotation>(
        TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation;
}

/// <summary>Whether an annotation is added to those of its type or replaces them.</summary>
public enum ResourceAnnotationMutationBehavior
{
    Append,
    Replace,
}

/// <summary>Resources, which can be found by name.</summary>
public interface IResourceCollection : IList<IResource>
{
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}

/// <summary>The resources of an application.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    public IResourceCollection Resources { get; } = resources;
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = this.FirstOrDefault(r => ResourceName.Equal(r.Name, name));
        return resource is not null;
    }
}

internal sealed class ResourceBuilder<T>(IDistributedApplicationBuilder applicationBuilder, T resource) : IResourceBuilder<T>
    where T : IResource
{
    public IDistributedApplicationBuilder ApplicationBuilder => applicationBuilder;

    public T Resource => resource;

    public IResourceBuilder<T> WithAnnotation<TAnnotation>(
        TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation
    {
        if (behavior is ResourceAnnotationMutationBehavior.Replace)
        {
            foreach (var old in resource.Annotations.OfType<TAnnotation>().ToArray())
            {
                resource.Annotations.Remove(old);
            }
        }

        resource.Annotations.Add(annotation);
        return this;
    }
}
