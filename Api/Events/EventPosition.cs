using System.Globalization;
using Cruddur.Data;
using Cruddur.Data.Messages;

namespace Cruddur.Api.Events;

/// <summary>
/// How far a listener has come: the time of the newest message it has, and which of the last seconds' messages it has. Messages
/// are announced nearly, but not quite, in the order of their times, so that the time alone would skip some. It is the id of
/// each event, and so needs no memory on the server.
/// </summary>
internal sealed class EventPosition
{
    /// <summary>By how much announcements may be out of order.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private const char Separator = '~';
    private const char ListSeparator = ',';

    private readonly Dictionary<string, UtcTimestamp> _recent = [];
    private readonly Dictionary<Guid, UtcTimestamp> _lastOfGroups = [];
    private readonly UtcTimestamp _begin;
    private UtcTimestamp _newest;

    /// <summary>A listener who begins at a time.</summary>
    public EventPosition(UtcTimestamp begin)
        : this(begin, begin)
    {
    }

    private EventPosition(UtcTimestamp newest, UtcTimestamp begin)
    {
        _newest = newest;
        _begin = begin;
    }

    /// <summary>From when on messages may be missing.</summary>
    public UtcTimestamp Since =>
        _newest.ToDateTimeOffset() - DateTimeOffset.MinValue > Overlap
            ? UtcTimestamp.Latest(_begin, new(_newest.ToDateTimeOffset() - Overlap))
            : _begin;

    /// <summary>
    /// After which time to look for messages of a group, one of which was announced. Another replica may not have announced
    /// the message before it yet, and within a group a listener hears of all in their order.
    /// </summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="announced">When the announced message was sent.</param>
    /// <returns>The time; null where the listener has the message already.</returns>
    public UtcTimestamp? SinceIn(Guid groupUuid, UtcTimestamp announced)
    {
        if (_lastOfGroups.TryGetValue(groupUuid, out var last))
        {
            return last < announced ? last : null;
        }

        // The sender's clock may lag behind, so that a message is older than a stream that began before it.
        return Since < announced ? Since : announced.Previous;
    }

    /// <summary>Reads an event's id; null where it is none.</summary>
    public static EventPosition? Parse(string id)
    {
        if (id.Split(Separator) is not [var newest, var since, var recent]
            || !UtcTimestamp.TryParse(newest, out var time)
            || !UtcTimestamp.TryParse(since, out var begin))
        {
            return null;
        }

        var position = new EventPosition(time, begin);
        foreach (var message in recent.Split(ListSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // When they were sent is not known any more. They are forgotten with the newest.
            position._recent[message] = time;
        }

        return position;
    }

    /// <summary>Notes a message.</summary>
    /// <returns>Whether the listener did not have it yet.</returns>
    public bool TryAdd(Message message)
    {
        if (!_recent.TryAdd(Short(message), message.CreatedAt))
        {
            return false;
        }

        _newest = UtcTimestamp.Latest(_newest, message.CreatedAt);
        _lastOfGroups[message.GroupUuid] = UtcTimestamp.Latest(_lastOfGroups.GetValueOrDefault(message.GroupUuid), message.CreatedAt);
        foreach (var (uuid, createdAt) in _recent)
        {
            if (createdAt < Since)
            {
                _recent.Remove(uuid);
            }
        }

        return true;
    }

    /// <summary>The event's id.</summary>
    public override string ToString() => $"{_newest}{Separator}{Since}{Separator}{string.Join(ListSeparator, _recent.Keys)}";

    private static string Short(Message message) => message.Uuid.ToString("N", CultureInfo.InvariantCulture)[..12];
}
