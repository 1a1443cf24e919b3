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
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-tests-");

    /// <summary>The absolute path of the directory.</summary>
    public string Path => _directory.FullName;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DeleteAsync();
        string[] servers = [CruddurResources.Postgres, CruddurResources.DynamoDb];
        var volumes = servers.Select(server => ContainerVolumes.NameOf(Path, server));
        foreach (var runtime in (string[])["docker", "podman"])
        {
            // Nothing happens where there is no such runtime or no such volume.
            await ExternalProgram.RunAsync(RemovalTimeout, runtime, ["volume", "rm", "--force", .. volumes]);
        }
    }

    /// <summary>
    /// Deletes the directory. With the packages the servers can still write to it for a moment after the AppHost has ended.
    /// </summary>
    private async Task DeleteAsync()
    {
        for (var deadline = DateTime.UtcNow + RemovalTimeout; ; await Task.Delay(PollInterval))
        {
            try
            {
                _directory.Delete(recursive: true);
                return;
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                // A server has created a file meanwhile.
            }
        }
    }
}
