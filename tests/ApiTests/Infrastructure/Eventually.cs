using System.Diagnostics;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Waits for what comes soon, but not at once.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition is true.</summary>
    public static Task TrueAsync(Func<bool> condition) => EqualAsync(true, () => Task.FromResult(condition()));

    /// <summary>Asks until the answer is the expected one.</summary>
    public static async Task EqualAsync<T>(T expected, Func<Task<T>> actual)
    {
        var start = Stopwatch.GetTimestamp();
        T answer;
        do
        {
            answer = await actual();
            if (EqualityComparer<T>.Default.Equals(expected, answer))
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        while (Stopwatch.GetElapsedTime(start) < Patience);

        Assert.Equal(expected, answer);
    }
}
