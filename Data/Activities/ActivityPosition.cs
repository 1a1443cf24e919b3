namespace Cruddur.Data.Activities;

/// <summary>Where an activity is in a list: by its time, and among those of one time by its uuid.</summary>
/// <param name="CreatedAt">When it was told.</param>
/// <param name="Uuid">Its uuid.</param>
internal readonly record struct ActivityPosition(UtcTimestamp CreatedAt, Guid Uuid)
{
    private const char Separator = '|';

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static ActivityPosition Parse(string position)
    {
        var parts = position.Split(Separator);
        return new(UtcTimestamp.Parse(parts[0]), Guid.Parse(parts[1]));
    }

    /// <inheritdoc />
    public override string ToString() => $"{CreatedAt}{Separator}{Uuid}";
}
