namespace Cruddur.Data;

/// <summary>
/// Limits how long a call to a server may take, with the driver's retries. A server that hangs is unavailable, and the caller
/// learns it in time.
/// </summary>
/// <param name="limit">How long a call may take; null for the driver's own timeouts.</param>
/// <param name="clock">Measures the time.</param>
public sealed class CallDeadline(TimeSpan? limit, TimeProvider clock)
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call, with the token that cancels it.</param>
    /// <param name="cancellationToken">Stops the waiting, and cancels the call.</param>
    /// <exception cref="TimeoutException">The call took longer than the limit.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (limit is not { } delay)
        {
            return await call(cancellationToken);
        }

        using var source = new CancellationTokenSource();
        try
        {
            return await call(source.Token).WaitAsync(delay, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // A driver may take a while to cancel a call, such as Npgsql, which tells the server first. Nobody waits for it.
            _ = source.CancelAsync();
            throw;
        }
    }
}
