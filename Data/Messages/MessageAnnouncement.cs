using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.Messages;

/// <summary>The notification of a new message that every process receives. It does not contain the text.</summary>
/// <param name="GroupUuid">The message's group.</param>
/// <param name="Members">The group's members.</param>
/// <param name="CreatedAt">The timestamp of the message, which is its sort key.</param>
public sealed record MessageAnnouncement(Guid GroupUuid, UserPair Members, UtcTimestamp CreatedAt)
{
    /// <summary>The channel of the notification.</summary>
    public const string Channel = "cruddur_messages";

    private const char Separator = '|';

    /// <summary>Reads a payload that <see cref="ToString"/> has written; null when it is another text.</summary>
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
