using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>A message to send.</summary>
/// <param name="Message">The message.</param>
/// <param name="Receiver">The user who receives it.</param>
/// <param name="Key">Identifies a repeated request; null when every request is a new one.</param>
internal sealed record OutgoingMessage(Message Message, User Receiver, IdempotencyKey? Key);
