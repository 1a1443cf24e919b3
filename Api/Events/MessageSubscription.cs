using System.Threading.Channels;
using Cruddur.Data.Messages;

namespace Cruddur.Api.Events;

/// <summary>One listener's announcements, in the order in which they come.</summary>
internal sealed class MessageSubscription(Action<MessageSubscription> end) : IDisposable
{
    /// <summary>Announcements that wait for a slow listener; with more, it looks itself what it has missed.</summary>
    private const int MostWaiting = 256;

    private readonly Channel<MessageAnnouncement> _waiting = Channel.CreateBounded<MessageAnnouncement>(MostWaiting);
    private readonly SemaphoreSlim _news = new(0);
    private volatile bool _hasMissed;

    /// <summary>A message was sent.</summary>
    public void Announce(MessageAnnouncement announcement)
    {
        _hasMissed |= !_waiting.Writer.TryWrite(announcement);
        _news.Release();
    }

    /// <summary>Announcements may have been missed.</summary>
    public void HasMissed()
    {
        _hasMissed = true;
        _news.Release();
    }

    /// <summary>Waits for news.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What has come; nothing where the patience has ended.</returns>
    public async Task<News> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!await _news.WaitAsync(patience, cancellationToken))
        {
            return default;
        }

        if (_hasMissed)
        {
            _hasMissed = false;

            // Who looks what was missed finds these as well.
            while (_waiting.Reader.TryRead(out _))
            {
            }

            return new(null, HasMissed: true);
        }

        return new(_waiting.Reader.TryRead(out var announcement) ? announcement : null, HasMissed: false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        end(this);
        _news.Dispose();
    }

    /// <summary>What has come.</summary>
    /// <param name="Announcement">A message was sent.</param>
    /// <param name="HasMissed">Announcements may have been missed.</param>
    public readonly record struct News(MessageAnnouncement? Announcement, bool HasMissed);
}
