using System.Security.Cryptography;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Names the processes of resources, one for each replica: <c>api-x7k2mfqa</c>.</summary>
internal static class ResourceInstances
{
    private const int SuffixLength = 8;
    private const string SuffixCharacters = "abcdefghjkmnpqrstuvwxyz";

    public static void Ensure(IResourceCollection resources)
    {
        foreach (var resource in resources.Where(r => r.HasProcess() && !r.HasAnnotationOfType<ResourceInstancesAnnotation>()))
        {
            var instances = Enumerable.Range(0, resource.GetReplicaCount()).Select(_ =>
            {
                var suffix = RandomNumberGenerator.GetString(SuffixCharacters, SuffixLength);
                return new ResourceInstance($"{resource.Name}-{suffix}", suffix);
            });
            resource.Annotations.Add(new ResourceInstancesAnnotation([.. instances]));
            LifecycleCommands.Add(resource);
        }
    }
}
