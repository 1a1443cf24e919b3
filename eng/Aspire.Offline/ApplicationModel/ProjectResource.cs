namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A .NET project, started with <c>dotnet run --no-build</c>.</summary>
    public class ProjectResource(string name)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
    {
        internal IProjectMetadata Metadata => Annotations.OfType<IProjectMetadata>().Single();
    }
}

namespace Aspire.Hosting
{
    /// <summary>Has endpoints that other resources find by its name: <c>http://api</c>.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

    /// <summary>The location of a project. The build generates a class for each project reference, such as <c>Projects.Api</c>.</summary>
    public interface IProjectMetadata : IResourceAnnotation
    {
        string ProjectPath { get; }

        bool SuppressBuild => false;
    }
}
