namespace Aspire.Hosting.Orchestrator;

/// <summary>The processes of all resources, by the id of their instance.</summary>
internal sealed class ResourceProcesses : IDisposable
{
    private Dictionary<string, ResourceProcess> _processes = [];

    public IReadOnlyCollection<ResourceProcess> All => _processes.Values;

    /// <summary>Adds the processes of a model, once its resources are known.</summary>
    public void Add(IResourceCollection resources)
    {
        ResourceInstances.Ensure(resources);
        _processes = resources.Where(r => r.HasProcess())
            .SelectMany(r => r.Annotations.OfType<ResourceInstancesAnnotation>().Last().Instances.Select(i => new ResourceProcess(r, i)))
            .ToDictionary(p => p.Id, ResourceName.Comparer);
    }

    public ResourceProcess? Find(string id) => _processes.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (var process in All)
        {
            process.Dispose();
        }
    }
}
