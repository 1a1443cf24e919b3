using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A .NET project, run by <c>dotnet run --no-build</c>.</summary>
    public class ProjectResource(string name)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;

    /// <summary>Reads what is known about projects.</summary>
    public static class ProjectResourceExtensions
    {
        public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) => projectResource.Annotations.OfType<IProjectMetadata>().Single();
    }
}

namespace Aspire.Hosting
{
    /// <summary>Can be found by others under its name: <c>http://api</c>.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

    /// <summary>Where a project is. The build generates one class a project reference, in the namespace <c>Projects</c>.</summary>
    public interface IProjectMetadata : IResourceAnnotation
    {
        string ProjectPath { get; }

        bool SuppressBuild => false;
    }

    /// <summary>How a project's launch settings are used.</summary>
    public class ProjectResourceOptions
    {
        /// <summary>The launch profile; null takes the AppHost's, or else the first one.</summary>
        public string? LaunchProfileName { get; set; }

        public bool ExcludeLaunchProfile { get; set; }

        public bool ExcludeKestrelEndpoints { get; set; }
    }

    internal sealed class ProjectMetadata(string projectPath) : IProjectMetadata
    {
        public string ProjectPath => projectPath;
    }
}
