using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Api.MessageGroups;

/// <summary>A conversation in the caller's list.</summary>
/// <param name="Uuid">The message group's id.</param>
/// <param name="DisplayName">The other member's name.</param>
/// <param name="Handle">The other member's handle.</param>
/// <param name="Message">The newest message, whoever sent it.</param>
/// <param name="CreatedAt">When the newest message was sent.</param>
internal sealed record MessageGroupResponse(Guid Uuid, string DisplayName, string Handle, string Message, UtcTimestamp CreatedAt)
{
    /// <summary>A conversation, with the other member's current name.</summary>
    public static MessageGroupResponse From(MessageGroupHead head, User other) =>
        new(head.GroupUuid, other.DisplayName, other.Handle, head.LastMessage, head.LastMessageAt);
}
