using Cruddur.Data.Messages;

namespace Cruddur.Data.DynamoDb;

/// <summary>
/// Waits between the attempts of a transaction that collided with another one: exponential back-off with full jitter, so that
/// writers that collided once do not collide again. The delays are short, because a transaction takes a few milliseconds.
/// See https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/.
/// </summary>
/// <param name="clock">Times the delays.</param>
/// <param name="timeout">How long to try again; null for 2 s, which leaves a request time for its response.</param>
internal sealed class Backoff(TimeProvider clock, TimeSpan? timeout = null)
{
    /// <summary>How long a verb of the seeder tries again.</summary>
    public static readonly TimeSpan BatchTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstMaxDelay = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastMaxDelay = TimeSpan.FromMilliseconds(32);

    private readonly long _start = clock.GetTimestamp();
    private int _attempts;

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="cause">Why the last attempt failed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="MessageGroupBusyException">The attempts have taken longer than the timeout.</exception>
    public Task WaitAsync(Exception cause, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_start) > (timeout ?? RequestTimeout))
        {
            throw new MessageGroupBusyException(cause);
        }

        var maxDelay = TimeSpan.FromTicks(Math.Min(LastMaxDelay.Ticks, FirstMaxDelay.Ticks << Math.Min(_attempts++, 10)));
        return Task.Delay(maxDelay * Random.Shared.NextDouble(), clock, cancellationToken);
    }
}
