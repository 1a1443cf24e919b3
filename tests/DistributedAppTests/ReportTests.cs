using Cruddur.AppHost.Integrations.CognitoLocal;
using Cruddur.AppHost.State;
using Cruddur.Tests;

namespace Cruddur.DistributedAppTests;

/// <summary>What the AppHost prints when an installation fails.</summary>
public sealed class ReportTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_installation_is_named_with_the_end_of_its_log()
    {
        await using var state = new TestState();
        await using var console = new CapturedConsole();
        var builder = await AppHostTesting.CreateBuilderAsync([$"--{StateDirectory.Setting}={state.Path}"], Cancelled);
        var npm = builder.AddExecutable("packages", "node", ".", "-e", "console.log('npm error code E404'); process.exit(1)");
        builder.CreateResourceBuilder(builder.Resources.OfType<CognitoLocalResource>().Single()).WaitForCompletion(npm);
        await using var app = await builder.BuildAsync(Cancelled);

        await app.StartAsync(Cancelled);

        await console.WaitForLineAsync("npm installs packages", Cancelled);
        await console.WaitForLineAsync("packages (npm) ended with exit code 1. The end of its log:", Cancelled);
        await console.WaitForLineAsync("npm error code E404", Cancelled);
        await console.WaitForLineAsync("cognito is not started, because packages failed.", Cancelled);
    }
}
