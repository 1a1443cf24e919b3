using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>A message on its way.</summary>
/// <param name="Message">The message.</param>
/// <param name="Receiver">Who receives it.</param>
/// <param name="Key">Tells a repeated request; null where each request is a new one.</param>
internal sealed record OutgoingMessage(Message Message, User Receiver, IdempotencyKey? Key);
