using Cruddur.AppHost.Integrations.Npm;

namespace Cruddur.AppHostTests;

public sealed class NpmPackagesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-npm-");

    private string LockFile => Path.Combine(_directory.FullName, "package-lock.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Packages_are_installed_when_npm_has_finished_after_the_lock_file_was_written()
    {
        File.WriteAllText(LockFile, "{}");
        Assert.False(NpmPackages.AreInstalled(_directory.FullName));

        WriteInstalled("{}");
        File.SetLastWriteTimeUtc(LockFile, DateTime.UtcNow.AddMinutes(-1));
        Assert.True(NpmPackages.AreInstalled(_directory.FullName));

        File.SetLastWriteTimeUtc(LockFile, DateTime.UtcNow.AddMinutes(1));
        Assert.False(NpmPackages.AreInstalled(_directory.FullName));
    }

    [Theory]
    [InlineData("""{ "os": ["aix"] }""")]
    [InlineData("""{ "os": ["!linux", "!darwin", "!win32"] }""")]
    [InlineData("""{ "cpu": ["s390x"] }""")]
    public void Packages_for_another_platform_are_not_installed(string package)
    {
        File.WriteAllText(LockFile, "{}");
        WriteInstalled($$"""{ "packages": { "node_modules/native": {{package}} } }""");

        Assert.False(NpmPackages.AreInstalled(_directory.FullName));
    }

    [Fact]
    public void Native_packages_for_this_platform_are_installed_when_their_directory_exists()
    {
        File.WriteAllText(LockFile, "{}");
        WriteInstalled("""{ "packages": { "node_modules/native": { "os": ["linux", "darwin", "win32"], "cpu": ["!s390x"] } } }""");
        Assert.False(NpmPackages.AreInstalled(_directory.FullName));

        _directory.CreateSubdirectory("node_modules/native");
        Assert.True(NpmPackages.AreInstalled(_directory.FullName));
    }

    [Fact]
    public void A_list_that_npm_has_not_finished_counts_for_nothing()
    {
        File.WriteAllText(LockFile, "{}");
        WriteInstalled("""{ "packages": {""");

        Assert.False(NpmPackages.AreInstalled(_directory.FullName));
    }

    private void WriteInstalled(string text) =>
        File.WriteAllText(Path.Combine(_directory.CreateSubdirectory("node_modules").FullName, ".package-lock.json"), text);
}
