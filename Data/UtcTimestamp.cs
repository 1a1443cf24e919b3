using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cruddur.Data;

/// <summary>
/// A moment in UTC to the microsecond, written with a fixed width (<c>2026-11-22T15:10:17.473774+00:00</c>),
/// so that the order of the texts is the order in time and a timestamp can be a sort key.
/// </summary>
public readonly record struct UtcTimestamp : IComparable<UtcTimestamp>
{
    private const string FixedWidth = "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'";

    // Items of earlier versions carry the writer's own offset, and no fraction on a whole second.
    private const string AnyOffset = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private readonly DateTime _utc;

    /// <summary>The moment, cut (not rounded) to the microsecond, so that it never lies in the future of its source.</summary>
    /// <param name="moment">Any moment, with any offset.</param>
    public UtcTimestamp(DateTimeOffset moment)
    {
        _utc = new DateTime(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    /// <summary>The earliest timestamp that is later than this one: one microsecond on.</summary>
    public UtcTimestamp Next => new(ToDateTimeOffset().AddMicroseconds(1));

    /// <summary>The latest timestamp that is earlier than this one: one microsecond back.</summary>
    public UtcTimestamp Previous => new(ToDateTimeOffset().AddMicroseconds(-1));

    /// <summary>The later of two timestamps.</summary>
    public static UtcTimestamp Latest(UtcTimestamp left, UtcTimestamp right) => left > right ? left : right;

    /// <summary>Reads a timestamp in the fixed-width form, or in ISO 8601 with another offset or without a fraction.</summary>
    /// <param name="text">The text to read. Without any offset it is taken as UTC.</param>
    /// <param name="timestamp">The timestamp, when the answer is true.</param>
    /// <returns>Whether the text is a timestamp.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out UtcTimestamp timestamp)
    {
        var isTimestamp = DateTimeOffset.TryParseExact(
            text, AnyOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        timestamp = isTimestamp ? new UtcTimestamp(moment) : default;
        return isTimestamp;
    }

    /// <summary>Whether <see cref="TryParse"/> can read a text.</summary>
    /// <param name="text">The text.</param>
    public static bool IsTimestamp(string text) => TryParse(text, out _);

    /// <summary>Reads a timestamp as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The timestamp.</returns>
    /// <exception cref="FormatException">The text is no timestamp.</exception>
    public static UtcTimestamp Parse(string text) =>
        TryParse(text, out var timestamp) ? timestamp : throw new FormatException("Not an ISO 8601 timestamp with date and time.");

    /// <summary>The same moment as a <see cref="DateTimeOffset"/> with offset zero.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(_utc.Ticks, TimeSpan.Zero);

    /// <inheritdoc />
    public int CompareTo(UtcTimestamp other) => _utc.CompareTo(other._utc);

    /// <summary>The fixed-width text.</summary>
    public override string ToString() => _utc.ToString(FixedWidth, CultureInfo.InvariantCulture);

    /// <summary>Whether the left timestamp is earlier.</summary>
    public static bool operator <(UtcTimestamp left, UtcTimestamp right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left timestamp is later.</summary>
    public static bool operator >(UtcTimestamp left, UtcTimestamp right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left timestamp is not later.</summary>
    public static bool operator <=(UtcTimestamp left, UtcTimestamp right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left timestamp is not earlier.</summary>
    public static bool operator >=(UtcTimestamp left, UtcTimestamp right) => left.CompareTo(right) >= 0;
}
