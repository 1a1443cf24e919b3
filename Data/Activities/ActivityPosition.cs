namespace Cruddur.Data.Activities;

/// <summary>The position of an activity in a list: its time, then its uuid.</summary>
/// <param name="CreatedAt">When the activity was created.</param>
/// <param name="Uuid">The activity's uuid.</param>
public readonly record struct ActivityPosition(UtcTimestamp CreatedAt, Guid Uuid)
{
    private const char Separator = '|';

    /// <summary>Reads the result of <see cref="ToString"/>.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="position">The position, if the result is true.</param>
    /// <returns>Whether the text is a position.</returns>
    public static bool TryParse(string text, out ActivityPosition position)
    {
        if (text.Split(Separator) is [var time, var id]
            && UtcTimestamp.TryParse(time, out var createdAt)
            && Guid.TryParse(id, out var uuid))
        {
            position = new(createdAt, uuid);
            return true;
        }

        position = default;
        return false;
    }

    /// <summary>Reads a position as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text to read.</param>
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static ActivityPosition Parse(string text) =>
        TryParse(text, out var position) ? position : throw new FormatException("Not a timestamp and a uuid.");

    /// <inheritdoc />
    public override string ToString() => $"{CreatedAt}{Separator}{Uuid}";
}
