using System.Diagnostics;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Waits for expected results.</summary>
public static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition is true.</summary>
    public static Task TrueAsync(Func<bool> condition) => EqualAsync(true, () => Task.FromResult(condition()));

    /// <summary>Calls a function until it returns the expected value.</summary>
    public static async Task EqualAsync<T>(T expected, Func<Task<T>> actual)
    {
        var start = Stopwatch.GetTimestamp();
        T value;
        do
        {
            value = await actual();
            if (EqualityComparer<T>.Default.Equals(expected, value))
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        while (Stopwatch.GetElapsedTime(start) < Timeout);

        Assert.Equal(expected, value);
    }
}
