using Cruddur.AppHost;
using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Integrations;

namespace Cruddur.Tests;

/// <summary>
/// An empty state directory for one run of the AppHost. It is deleted with everything that the run kept in it, or in volumes of containers.
/// </summary>
internal sealed class TestState : IAsyncDisposable
{
    private static readonly TimeSpan RemovalTimeout = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-tests-");

    /// <summary>The absolute path of the directory.</summary>
    public string Path => _directory.FullName;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        string[] servers = [CruddurResources.Postgres, CruddurResources.DynamoDb];
        var volumes = servers.Select(server => ContainerVolumes.NameOf(Path, server));
        foreach (var runtime in (string[])["docker", "podman"])
        {
            // Nothing happens where there is no such runtime or no such volume.
            await ExternalProgram.RunAsync(RemovalTimeout, runtime, ["volume", "rm", "--force", .. volumes]);
        }
    }
}
