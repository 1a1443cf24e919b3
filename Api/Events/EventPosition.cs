using System.Buffers.Text;
using System.Globalization;
using Cruddur.Data;
using Cruddur.Data.Messages;

namespace Cruddur.Api.Events;

/// <summary>
/// What a listener has received: everything up to a time, and after that time the newest message of each conversation. Within a
/// conversation messages are stored in the order of their times, so its newest message stands for all before it. The position
/// is the id of each event, so the server keeps nothing between two streams.
/// </summary>
internal sealed class EventPosition
{
    /// <summary>
    /// How long after its timestamp a message may become visible: the time of its transaction, and the difference between the
    /// clocks of two replicas.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The most conversations in an id, which travels in a header. After a break, a listener with more active conversations may
    /// receive a message twice.
    /// </summary>
    private const int MaxListedGroups = 100;

    private const char Separator = '~';
    private const char ListSeparator = ',';
    private const char TimeSeparator = ':';

    private readonly Dictionary<Guid, UtcTimestamp> _lastOfGroups = [];

    /// <summary>The position of a listener that starts at a time.</summary>
    public EventPosition(UtcTimestamp since) => Since = since;

    /// <summary>The time up to which nothing is missing.</summary>
    public UtcTimestamp Since { get; private set; }

    /// <summary>The time after which messages of a group may be missing.</summary>
    public UtcTimestamp SinceIn(Guid groupUuid) => _lastOfGroups.GetValueOrDefault(groupUuid, Since);

    /// <summary>The time after which messages of a group are missing, given that one was announced.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="announced">The timestamp of the announced message.</param>
    /// <returns>The time; null when the listener has the message already.</returns>
    public UtcTimestamp? SinceIn(Guid groupUuid, UtcTimestamp announced)
    {
        if (_lastOfGroups.TryGetValue(groupUuid, out var last))
        {
            return last < announced ? last : null;
        }

        // When the sender's clock is behind, the message may be older than the start of the stream.
        return Since < announced ? Since : announced.Previous;
    }

    /// <summary>Reads the id of an event; null when the text is not one.</summary>
    public static EventPosition? Parse(string id)
    {
        if (id.Split(Separator) is not [var since, var groups] || !UtcTimestamp.TryParse(since, out var time))
        {
            return null;
        }

        var position = new EventPosition(time);
        foreach (var group in groups.Split(ListSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (group.Split(TimeSeparator) is not [var uuid, var microseconds]
                || !TryDecode(uuid, out var groupUuid)
                || !long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var age)
                || age > (DateTimeOffset.MaxValue - time.ToDateTimeOffset()).Ticks / TimeSpan.TicksPerMicrosecond)
            {
                return null;
            }

            position._lastOfGroups[groupUuid] = new(time.ToDateTimeOffset().AddTicks(age * TimeSpan.TicksPerMicrosecond));
        }

        return position;
    }

    /// <summary>Adds a message.</summary>
    /// <returns>Whether the listener did not have it yet.</returns>
    public bool TryAdd(Message message)
    {
        if (_lastOfGroups.TryGetValue(message.GroupUuid, out var last) && message.CreatedAt <= last)
        {
            return false;
        }

        _lastOfGroups[message.GroupUuid] = message.CreatedAt;
        return true;
    }

    /// <summary>Moves on after the listener has received everything that was visible at a time.</summary>
    /// <param name="time">The time before the first read.</param>
    public void MoveTo(DateTimeOffset time) => Since = UtcTimestamp.Latest(Since, new(time - Overlap));

    /// <summary>The id of an event.</summary>
    public override string ToString()
    {
        var groups = _lastOfGroups
            .Where(group => group.Value > Since)
            .OrderByDescending(group => group.Value)
            .Take(MaxListedGroups)
            .Select(group => string.Create(
                CultureInfo.InvariantCulture, $"{Encode(group.Key)}{TimeSeparator}{Microseconds(group.Value)}"));
        return $"{Since}{Separator}{string.Join(ListSeparator, groups)}";
    }

    private long Microseconds(UtcTimestamp time) =>
        (time.ToDateTimeOffset() - Since.ToDateTimeOffset()).Ticks / TimeSpan.TicksPerMicrosecond;

    private static string Encode(Guid uuid) => Base64Url.EncodeToString(uuid.ToByteArray());

    private static bool TryDecode(string text, out Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        var isUuid = Base64Url.IsValid(text, out var length)
            && length == bytes.Length
            && Base64Url.TryDecodeFromChars(text, bytes, out _);
        uuid = isUuid ? new Guid(bytes) : default;
        return isUuid;
    }
}
