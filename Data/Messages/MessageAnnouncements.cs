using System.Threading.Channels;

namespace Cruddur.Data.Messages;

/// <summary>
/// The queue of announcements that <see cref="MessageAnnouncer"/> sends. The queue keeps requests independent of Postgres: a
/// message is sent whether or not Postgres answers. A full queue drops its oldest announcement; listeners find the message
/// when they next look for missed ones.
/// </summary>
public sealed class MessageAnnouncements
{
    private const int Capacity = 10_000;

    private readonly Channel<MessageAnnouncement> _queue = Channel.CreateBounded<MessageAnnouncement>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Reads the announcements in the order in which they were added.</summary>
    public ChannelReader<MessageAnnouncement> Reader => _queue.Reader;

    /// <summary>Adds an announcement. After <see cref="Complete"/> it is ignored.</summary>
    /// <param name="announcement">The announcement.</param>
    public void Add(MessageAnnouncement announcement) => _queue.Writer.TryWrite(announcement);

    /// <summary>Ends the queue. The reader stops after the last announcement.</summary>
    public void Complete() => _queue.Writer.TryComplete();
}
