using Cruddur.AppHost.Integrations.CognitoLocal;
using Cruddur.AppHost.State;
using Cruddur.Tests;

namespace Cruddur.DistributedAppTests;

/// <summary>What the AppHost prints when an installation fails.</summary>
public sealed class ReportTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_failed_installation_is_named_with_the_end_of_its_log()
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timer.CancelAfter(Timeout);
        await using var state = new TestState();
        var builder = await AppHostTesting.CreateBuilderAsync([$"--{StateDirectory.Setting}={state.Path}"], timer.Token);
        var npm = builder.AddExecutable("packages", "node", ".", "-e", "console.log('npm error code E404'); process.exit(1)");
        builder.CreateResourceBuilder(builder.Resources.OfType<CognitoLocalResource>().Single()).WaitForCompletion(npm);
        await using var app = await builder.BuildAsync(timer.Token);

        var output = await PrintedUntilAsync("press Start on packages", () => app.StartAsync(timer.Token), timer.Token);
        await app.StopAsync(timer.Token);

        Assert.Matches(@"(?m)^  packages +\d+\.\d s  npm installs packages$", output);
        Assert.Contains("packages (npm) ended with exit code 1. The end of its log:", output, StringComparison.Ordinal);
        Assert.Contains("npm error code E404", output, StringComparison.Ordinal);
        Assert.Contains("cognito is not started, because packages failed.", output, StringComparison.Ordinal);
    }

    /// <summary>Everything that is printed up to a text and by what has started until then.</summary>
    private static async Task<string> PrintedUntilAsync(string text, Func<Task> start, CancellationToken cancellationToken)
    {
        var (output, error) = (Console.Out, Console.Error);
        await using var printed = new StringWriter();
        var synchronized = TextWriter.Synchronized(printed);
        Console.SetOut(synchronized);
        Console.SetError(synchronized);
        try
        {
            await start();
            while (!printed.ToString().Contains(text, StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }

            return printed.ToString();
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
