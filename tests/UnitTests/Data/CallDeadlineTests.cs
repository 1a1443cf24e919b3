using Cruddur.Data;
using Microsoft.Extensions.Time.Testing;

namespace Cruddur.UnitTests.Data;

public sealed class CallDeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource<int> _answer = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_within_the_limit_returns_its_result()
    {
        var call = new CallDeadline(Limit, _clock).RunAsync(_ => _answer.Task, Cancelled);
        _clock.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);

        _answer.SetResult(7);
        Assert.Equal(7, await call);
    }

    [Fact]
    public async Task A_call_that_hangs_and_ignores_its_cancellation_times_out_at_the_limit()
    {
        var token = CancellationToken.None;
        var call = new CallDeadline(Limit, _clock).RunAsync(
            cancellation =>
            {
                token = cancellation;
                return _answer.Task;
            },
            Cancelled);
        _clock.Advance(Limit);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await token.WaitUntilCancelledAsync();
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_cancels_the_call()
    {
        using var caller = new CancellationTokenSource();
        var token = CancellationToken.None;
        var call = new CallDeadline(Limit, _clock).RunAsync(
            cancellation =>
            {
                token = cancellation;
                return _answer.Task;
            },
            caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await token.WaitUntilCancelledAsync();
    }

    [Fact]
    public async Task Without_a_limit_the_call_takes_as_long_as_it_takes()
    {
        var call = new CallDeadline(null, _clock).RunAsync(_ => _answer.Task, Cancelled);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(call.IsCompleted);

        _answer.SetResult(7);
        Assert.Equal(7, await call);
    }
}

file static class CancellationTokens
{
    /// <summary>Waits until a token is cancelled, which may happen on another thread.</summary>
    public static async Task WaitUntilCancelledAsync(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
