using Cruddur.Data;
using Cruddur.Data.Messages;

namespace Cruddur.Api.Messages;

/// <summary>A message of a conversation.</summary>
/// <param name="Uuid">The message's id.</param>
/// <param name="DisplayName">The sender's name.</param>
/// <param name="Handle">The sender's handle.</param>
/// <param name="Message">What it says.</param>
/// <param name="CreatedAt">When it was sent.</param>
internal sealed record MessageResponse(Guid Uuid, string DisplayName, string Handle, string Message, UtcTimestamp CreatedAt)
{
    public static MessageResponse From(Message message) =>
        new(message.Uuid, message.Sender.DisplayName, message.Sender.Handle, message.Text, message.CreatedAt);
}
