using System.Globalization;

namespace Cruddur.Tests;

/// <summary>
/// The seed of a test with random input: a new one in each run, so that tomorrow's run finds something new. A failure names
/// it. Set the environment variable <c>CRUDDUR_TEST_SEED</c> to repeat the run.
/// </summary>
internal static class TestSeed
{
    private const string Variable = "CRUDDUR_TEST_SEED";

    /// <summary>The seed from the environment, or else a random one. It is written to the test's output.</summary>
    public static int Next()
    {
        var seed = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Repeat with {Variable}={seed}");
        return seed;
    }
}
