using Cruddur.Data;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.Api.Messages;

/// <summary>A message of a conversation.</summary>
/// <param name="Uuid">The message's id.</param>
/// <param name="DisplayName">The sender's name.</param>
/// <param name="Handle">The sender's handle.</param>
/// <param name="Message">The text.</param>
/// <param name="CreatedAt">When it was sent.</param>
internal sealed record MessageResponse(Guid Uuid, string DisplayName, string Handle, string Message, UtcTimestamp CreatedAt)
{
    /// <summary>Creates the response, with the sender's current name.</summary>
    public static MessageResponse From(Message message, User sender) =>
        new(message.Uuid, sender.DisplayName, sender.Handle, message.Text, message.CreatedAt);
}
