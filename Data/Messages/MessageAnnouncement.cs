using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.Messages;

/// <summary>Tells every process that a message was sent, without what it says.</summary>
/// <param name="GroupUuid">The message's group.</param>
/// <param name="Members">The group's members.</param>
/// <param name="CreatedAt">When it was sent, which finds it in its group.</param>
public sealed record MessageAnnouncement(Guid GroupUuid, UserPair Members, UtcTimestamp CreatedAt)
{
    /// <summary>The channel of Postgres that it goes through.</summary>
    public const string Channel = "cruddur_messages";

    private const char Separator = '|';

    /// <summary>Reads what <see cref="ToString"/> has written; null where it is something else.</summary>
    /// <param name="payload">The payload of a notification.</param>
    public static MessageAnnouncement? Parse(string payload) =>
        payload.Split(Separator) is [var group, var first, var second, var at]
        && Guid.TryParse(group, out var groupUuid)
        && Guid.TryParse(first, out var firstUuid)
        && Guid.TryParse(second, out var secondUuid)
        && UtcTimestamp.TryParse(at, out var createdAt)
            ? new(groupUuid, new(firstUuid, secondUuid), createdAt)
            : null;

    /// <inheritdoc />
    public override string ToString() => string.Join(Separator, GroupUuid, Members.First, Members.Second, CreatedAt);
}
