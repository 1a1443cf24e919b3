using System.Net;
using System.Net.Sockets;
using Cruddur.AppHost.Embedded.Postgres;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHostTests;

public sealed class PrerequisiteTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-npm-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_port_is_taken_on_either_loopback_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.False(PreferredPortExtensions.IsFree(port));
        listener.Stop();
        Assert.True(PreferredPortExtensions.IsFree(port));
    }

    [Fact]
    public void Packages_are_installed_when_npm_has_finished_after_the_lock_file_was_written()
    {
        var lockFile = Path.Combine(_directory.FullName, "package-lock.json");
        File.WriteAllText(lockFile, "{}");
        Assert.False(NpmPackages.AreInstalled(_directory.FullName));

        var installed = Path.Combine(_directory.CreateSubdirectory("node_modules").FullName, ".package-lock.json");
        File.WriteAllText(installed, "{}");
        File.SetLastWriteTimeUtc(lockFile, DateTime.UtcNow.AddMinutes(-1));
        Assert.True(NpmPackages.AreInstalled(_directory.FullName));

        File.SetLastWriteTimeUtc(lockFile, DateTime.UtcNow.AddMinutes(1));
        Assert.False(NpmPackages.AreInstalled(_directory.FullName));
    }

    [Fact]
    public void Postgres_hides_from_root_and_from_nobody_else()
    {
        Assert.Equal(["initdb", "-D", "data"], new SuperuserDrop(isRoot: false).Wrap("initdb", "-D", "data"));
        Assert.Equal(
            ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--", "initdb", "-D", "data"],
            new SuperuserDrop(isRoot: true).Wrap("initdb", "-D", "data"));
    }
}
