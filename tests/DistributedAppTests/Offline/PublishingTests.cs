namespace Cruddur.DistributedAppTests.Offline;

/// <summary>The offline hosting build can't publish, and says so in one line.</summary>
public sealed class PublishingTests
{
    [Fact]
    public async Task Publishing_is_refused()
    {
        await using var appHost = AppHostProcess.Start("--publisher", "manifest", "--output-path", "cruddur.json");

        await appHost.AssertRefusedAsync(
            "can only run the application, not publish it: build with -p:AspireHosting=nuget", TestContext.Current.CancellationToken);
    }
}
