using Cruddur.Data.Messages;

namespace Cruddur.Data.DynamoDb;

/// <summary>
/// Waits between attempts of a transaction that met another one: exponential with full jitter, so that writers who
/// collided once do not collide again. The waits stay short, since the other transaction is over in a few milliseconds,
/// and they have an end, so that a caller is not kept waiting for ever.
/// See https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/.
/// </summary>
/// <param name="clock">The clock to wait by.</param>
internal sealed class Backoff(TimeProvider clock)
{
    private static readonly TimeSpan FirstLimit = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastLimit = TimeSpan.FromMilliseconds(32);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly long _start = clock.GetTimestamp();
    private int _attempts;

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="cause">Why the last attempt failed.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MessageGroupBusyException">The attempts have taken too long already.</exception>
    public Task WaitAsync(Exception cause, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_start) > Patience)
        {
            throw new MessageGroupBusyException(cause);
        }

        var limit = TimeSpan.FromTicks(Math.Min(LastLimit.Ticks, FirstLimit.Ticks << Math.Min(_attempts++, 10)));
        return Task.Delay(limit * Random.Shared.NextDouble(), clock, cancellationToken);
    }
}
