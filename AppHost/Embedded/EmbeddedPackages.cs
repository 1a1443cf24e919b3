using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Embedded;

/// <summary>
/// The npm packages that hold the embedded servers, and the resource that installs them: <c>npm ci</c> in
/// <c>AppHost/Embedded/packages</c>, whose lock file pins every package by version and hash.
/// </summary>
public sealed class EmbeddedPackages
{
    private readonly string _directory;

    private EmbeddedPackages(string directory, IResourceBuilder<ExecutableResource> installer, bool installed)
    {
        _directory = directory;
        Installer = installer;
        Installed = installed;
    }

    /// <summary>The resource that runs <c>npm ci</c>; only on demand where the packages are there already.</summary>
    public IResourceBuilder<ExecutableResource> Installer { get; }

    private bool Installed { get; }

    /// <summary>Adds the installing resource to the app model.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static EmbeddedPackages Add(IDistributedApplicationBuilder builder)
    {
        var directory = Path.Combine(builder.AppHostDirectory, "Embedded", "packages");
        var installed = NpmPackages.AreInstalled(directory);
        var installer = builder.AddExecutable(CruddurResources.EmbeddedPackages, "npm", directory, "ci").WithIconName("BoxMultiple");
        if (installed)
        {
            installer.WithExplicitStart();
        }

        return new EmbeddedPackages(directory, installer, installed);
    }

    /// <summary>The directory of a package. It exists once <see cref="Installer"/> has run.</summary>
    /// <param name="package">The name of the package.</param>
    public string DirectoryOf(string package) => Path.Combine(_directory, "node_modules", package);

    /// <summary>Makes a server wait for the packages, where they have to be installed first.</summary>
    /// <typeparam name="T">The type of the server's resource.</typeparam>
    /// <param name="server">The server.</param>
    public IResourceBuilder<T> Await<T>(IResourceBuilder<T> server) where T : IResourceWithWaitSupport =>
        Installed ? server : server.WaitForCompletion(Installer);
}
