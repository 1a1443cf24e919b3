using System.Threading.Channels;
using Cruddur.Data.Messages;

namespace Cruddur.Api.Events;

/// <summary>The announcements for one listener, in the order in which they arrive. Announcing never fails, also after the end.</summary>
/// <param name="end">Removes the subscription from its hub.</param>
internal sealed class MessageSubscription(Action<MessageSubscription> end) : IDisposable
{
    /// <summary>How many announcements wait for a slow listener. When there are more, it looks for the missed messages itself.</summary>
    private const int Capacity = 256;

    // Null means that announcements may be missing.
    private readonly Channel<MessageAnnouncement?> _channel = Channel.CreateBounded<MessageAnnouncement?>(Capacity);
    private volatile bool _mayLackSome;
    private volatile bool _mustReload;

    /// <summary>Adds an announcement.</summary>
    public void Announce(MessageAnnouncement announcement)
    {
        if (!_channel.Writer.TryWrite(announcement))
        {
            _mayLackSome = true;
        }
    }

    /// <summary>Makes the listener look for messages whose announcements it may have missed.</summary>
    public void LookForMissed()
    {
        _mayLackSome = true;
        _channel.Writer.TryWrite(null);
    }

    /// <summary>Makes the listener load everything again, because the data may have been replaced.</summary>
    public void Reload()
    {
        _mustReload = true;
        LookForMissed();
    }

    /// <summary>Whether <see cref="Reload"/> was called since the last call of this method.</summary>
    public bool TakeReload()
    {
        var mustReload = _mustReload;
        _mustReload = false;
        return mustReload;
    }

    /// <summary>Waits for the next announcement.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The announcement; null when announcements may be missing, including those that are still waiting.</returns>
    public async Task<MessageAnnouncement?> NextAsync(CancellationToken cancellationToken)
    {
        MessageAnnouncement? next;
        do
        {
            next = await _channel.Reader.ReadAsync(cancellationToken);
            if (_mayLackSome)
            {
                _mayLackSome = false;

                // The search for missed messages finds the announced ones too.
                while (_channel.Reader.TryRead(out _))
                {
                }

                return null;
            }
        }
        while (next is null);

        return next;
    }

    /// <inheritdoc />
    public void Dispose() => end(this);
}
