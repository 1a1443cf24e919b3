using Aspire.Hosting.Testing;

namespace Cruddur.Tests;

/// <summary>Runs the AppHost in a test program.</summary>
internal static class AppHostTesting
{
    /// <summary>
    /// Runs the AppHost up to the point where it builds its application. An AppHost that refuses to start, for example because Java
    /// is missing, prints the reason, and the test program ends: a fixture that throws would print a stack trace for each test.
    /// </summary>
    /// <param name="arguments">The AppHost's arguments.</param>
    /// <param name="cancellationToken">Stops the wait for the AppHost.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateBuilderAsync(
        string[] arguments,
        CancellationToken cancellationToken)
    {
        try
        {
            return await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments, cancellationToken);
        }
        catch (InvalidOperationException error) when (error.Message.StartsWith("The entry point", StringComparison.Ordinal))
        {
            Environment.Exit(1);
            throw;
        }
    }
}
