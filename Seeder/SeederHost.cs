using Cruddur.Seeder.Session;
using Microsoft.Extensions.Hosting;

namespace Cruddur.Seeder;

/// <summary>
/// The services of a verb. They are created when a verb runs, and not for the help or a wrong command line, which need no settings.
/// </summary>
internal static class SeederHost
{
    /// <summary>Starts the services, runs a verb and exports the last telemetry.</summary>
    /// <param name="run">Runs the verb and returns the exit code.</param>
    /// <param name="usesRunningAppHost">Whether the running AppHost provides the settings that the environment lacks.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        Func<IServiceProvider, Task<int>> run, bool usesRunningAppHost, CancellationToken cancellationToken)
    {
        if (usesRunningAppHost)
        {
            RunningAppHost.Find()?.SetMissingVariables();
        }

        // An empty builder: settings come from the environment only, and the command line has the verbs.
        using var host = Host.CreateEmptyApplicationBuilder(new()).AddSeeder().Build();
        await host.StartAsync(cancellationToken);
        try
        {
            return await run(host.Services);
        }
        catch (InvalidOperationException exception)
        {
            // A setting is missing or invalid. This is found before the first step runs.
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
