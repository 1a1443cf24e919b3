using System.Diagnostics;
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

    private readonly Channel<QueuedAnnouncement> _queue = Channel.CreateBounded<QueuedAnnouncement>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Reads the announcements in the order in which they were added.</summary>
    public ChannelReader<QueuedAnnouncement> Reader => _queue.Reader;

    /// <summary>Adds an announcement, which belongs to the current trace. After <see cref="Complete"/> it is ignored.</summary>
    /// <param name="announcement">The announcement.</param>
    public void Add(MessageAnnouncement announcement) =>
        _queue.Writer.TryWrite(new(announcement, Activity.Current?.Context ?? default));

    /// <summary>Ends the queue. The reader stops after the last announcement.</summary>
    public void Complete() => _queue.Writer.TryComplete();
}

/// <summary>An announcement in the queue.</summary>
/// <param name="Announcement">The announcement.</param>
/// <param name="Sender">The span that sent the message; default outside of a trace.</param>
public readonly record struct QueuedAnnouncement(MessageAnnouncement Announcement, ActivityContext Sender)
{
    /// <summary>Starts the span of a batch in the trace of its first message, with links to the spans that sent the others.</summary>
    /// <param name="batch">The announcements of the batch.</param>
    /// <returns>The span; null if none of the messages belongs to a recorded trace.</returns>
    internal static Activity? StartSpan(IEnumerable<QueuedAnnouncement> batch)
    {
        var senders = batch
            .Select(queued => queued.Sender)
            .Where(sender => sender.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            .ToList();
        if (senders.Count == 0)
        {
            return null;
        }

        var links = senders.Skip(1).Select(sender => new ActivityLink(sender));
        return DataTelemetry.Source.StartActivity("announce messages", ActivityKind.Producer, senders[0], links: links);
    }
}
