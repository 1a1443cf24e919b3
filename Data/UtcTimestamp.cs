using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cruddur.Data;

/// <summary>
/// A time in UTC with microseconds, formatted with a fixed width (<c>2026-11-22T15:10:17.473774+00:00</c>),
/// so that string order is time order and a timestamp can be a sort key.
/// </summary>
public readonly record struct UtcTimestamp : IComparable<UtcTimestamp>
{
    private const string FixedWidth = "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'";

    // Items of earlier versions have the writer's own offset, and no fraction for whole seconds.
    private const string AnyOffset = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private readonly DateTime _utc;

    /// <summary>Truncates a time to the microsecond. It is not rounded, so the result is never later than the source.</summary>
    /// <param name="moment">A time with any offset.</param>
    public UtcTimestamp(DateTimeOffset moment)
    {
        _utc = new DateTime(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    /// <summary>The next timestamp, one microsecond later.</summary>
    public UtcTimestamp Next => new(ToDateTimeOffset().AddMicroseconds(1));

    /// <summary>The previous timestamp, one microsecond earlier.</summary>
    public UtcTimestamp Previous => new(ToDateTimeOffset().AddMicroseconds(-1));

    /// <summary>The later of two timestamps.</summary>
    public static UtcTimestamp Latest(UtcTimestamp left, UtcTimestamp right) => left > right ? left : right;

    /// <summary>Reads a timestamp in the fixed-width form, or in ISO 8601 with another offset or without a fraction.</summary>
    /// <param name="text">The text to read. A text without an offset is in UTC.</param>
    /// <param name="timestamp">The timestamp, if the result is true.</param>
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
    /// <exception cref="FormatException">The text is not a timestamp.</exception>
    public static UtcTimestamp Parse(string text) =>
        TryParse(text, out var timestamp) ? timestamp : throw new FormatException("Not an ISO 8601 timestamp with date and time.");

    /// <summary>The same time as a <see cref="DateTimeOffset"/> with offset zero.</summary>
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
