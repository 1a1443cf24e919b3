using Cruddur.Data;
using Cruddur.Data.Messages;

namespace Cruddur.Api.Messages;

/// <summary>A message that was sent.</summary>
/// <param name="MessageGroupUuid">The message group. The first message to a handle creates it.</param>
/// <param name="Uuid">The message's id.</param>
/// <param name="DisplayName">The sender's name.</param>
/// <param name="Handle">The sender's handle.</param>
/// <param name="Message">The text.</param>
/// <param name="CreatedAt">When it was sent.</param>
internal sealed record SentMessageResponse(
    Guid MessageGroupUuid, Guid Uuid, string DisplayName, string Handle, string Message, UtcTimestamp CreatedAt)
{
    public static SentMessageResponse From(Message message) =>
        new(message.GroupUuid, message.Uuid, message.Sender.DisplayName, message.Sender.Handle, message.Text, message.CreatedAt);
}
