using System.Text.Json;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.State;
using Cruddur.Tests;

namespace Cruddur.DistributedAppTests.Packages;

/// <summary>Publishing describes the system for another machine. It starts nothing, and needs nothing of what a start needs.</summary>
public sealed class PublishingTests : IAsyncDisposable
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Projects.AppHost.ProjectPath, ".."));

    private readonly TestState _state = new();

    // Beside the tests, so that the relative paths of the manifest don't leave the repository.
    private readonly DirectoryInfo _output = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "published"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_manifest_has_parameters_for_AWS_and_no_embedded_server()
    {
        using var manifest = JsonDocument.Parse(await PublishAsync());
        var resources = manifest.RootElement.GetProperty("resources");

        Assert.Superset(
            new HashSet<string> { CruddurResources.Database, CruddurResources.Seeder, CruddurResources.Api, CruddurResources.Frontend },
            resources.EnumerateObject().Select(resource => resource.Name).ToHashSet());
        Assert.Equal("container.v0", resources.GetProperty(CruddurResources.Postgres).GetProperty("type").GetString());
        Assert.False(resources.TryGetProperty(CruddurResources.DynamoDb, out _));
        Assert.False(resources.TryGetProperty(CruddurResources.Cognito, out _));
        Assert.Equal(
            "{user-pool-id.value}",
            resources.GetProperty(CruddurResources.Api).GetProperty("env").GetProperty("AWS_COGNITO_USER_POOL_ID").GetString());
    }

    [Fact]
    public async Task The_manifest_has_no_path_of_this_machine_and_no_secret()
    {
        var manifest = await PublishAsync();

        Assert.All(
            [Repository, "localhost", "127.0.0.1", LocalPool.Password, LocalPool.ClientId, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
            text => Assert.DoesNotContain(text, manifest, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch("Password=(?!{)", manifest);
    }

    [Fact]
    public async Task Publishing_beside_a_running_AppHost_deletes_nothing()
    {
        using var running = await StateDirectory.OpenAsync(_state.Path, fresh: false, Cancelled);
        var data = Path.Combine(Directory.CreateDirectory(Path.Combine(_state.Path, CruddurResources.Postgres)).FullName, "PG_VERSION");
        await File.WriteAllTextAsync(data, "18", Cancelled);

        await PublishAsync(StateDirectory.FreshSwitch);

        Assert.True(File.Exists(data));
    }

    public async ValueTask DisposeAsync()
    {
        await _state.DisposeAsync();
        _output.Delete(recursive: true);
    }

    /// <summary>Publishes where neither Java, Node.js nor a container runtime is on the PATH.</summary>
    /// <returns>The text of the manifest.</returns>
    private async Task<string> PublishAsync(params string[] arguments)
    {
        var manifest = Path.Combine(_output.FullName, "manifest.json");
        await using var appHost = AppHostProcess.Start(
            AppHostProcess.Without("java", "node", "docker", "podman"),
            [$"--{StateDirectory.Setting}={_state.Path}", "--publisher", "manifest", "--output-path", manifest, .. arguments]);
        Assert.True(await appHost.WaitForExitAsync(Cancelled) == 0, appHost.Output);
        return await File.ReadAllTextAsync(manifest, Cancelled);
    }
}
