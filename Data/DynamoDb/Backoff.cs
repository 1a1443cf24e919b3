using Cruddur.Data.Messages;

namespace Cruddur.Data.DynamoDb;

/// <summary>
/// Waits between attempts of a transaction that collided with another one: exponential back-off with full jitter, so that
/// writers that collided once do not collide again. The waits are short, since the other transaction is over in a few
/// milliseconds. They end in time for the caller to answer its request.
/// See https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/.
/// </summary>
/// <param name="clock">Measures the waits.</param>
internal sealed class Backoff(TimeProvider clock)
{
    private static readonly TimeSpan FirstLimit = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastLimit = TimeSpan.FromMilliseconds(32);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly long _start = clock.GetTimestamp();
    private int _attempts;

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="cause">Why the last attempt failed.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MessageGroupBusyException">The attempts have taken too long already.</exception>
    public Task WaitAsync(Exception cause, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_start) > Timeout)
        {
            throw new MessageGroupBusyException(cause);
        }

        var limit = TimeSpan.FromTicks(Math.Min(LastLimit.Ticks, FirstLimit.Ticks << Math.Min(_attempts++, 10)));
        return Task.Delay(limit * Random.Shared.NextDouble(), clock, cancellationToken);
    }
}
