using System.Diagnostics;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Measures latency on a busy machine.</summary>
public static class Latency
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long something takes, without the time for which the machine was too busy to run this process. A timer beside it
    /// measures that time: by how much its ticks are late.
    /// </summary>
    /// <param name="action">What to measure.</param>
    public static async Task<(T Result, TimeSpan Elapsed)> MeasureAsync<T>(Func<Task<T>> action)
    {
        using var end = new CancellationTokenSource();
        var lateness = MeasureLatenessAsync(end.Token);
        var start = Stopwatch.GetTimestamp();
        var result = await action();
        var elapsed = Stopwatch.GetElapsedTime(start);
        await end.CancelAsync();
        return (result, elapsed - await lateness);
    }

    private static async Task<TimeSpan> MeasureLatenessAsync(CancellationToken end)
    {
        var lateness = TimeSpan.Zero;
        while (!end.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            await Task.Delay(Tick, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lateness += TimeSpan.FromTicks(Math.Max(0, (Stopwatch.GetElapsedTime(start) - Tick).Ticks));
        }

        return lateness;
    }
}
