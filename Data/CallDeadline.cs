namespace Cruddur.Data;

/// <summary>
/// Ends a call to a server that takes too long, retries of the driver included: a server that hangs is as good as away,
/// and a caller should hear of it soon.
/// </summary>
/// <param name="limit">How long a call may take; null for as long as the driver waits.</param>
/// <param name="clock">The clock.</param>
public sealed class CallDeadline(TimeSpan? limit, TimeProvider clock)
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call, with the token that ends it.</param>
    /// <param name="cancellationToken">The caller's own token.</param>
    /// <exception cref="TimeoutException">The call took too long.</exception>
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
            // A driver may take its time to give a call up, such as Npgsql, which tells the server first. Nobody waits for that.
            _ = source.CancelAsync();
            throw;
        }
    }
}
