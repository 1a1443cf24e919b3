using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>One message of a message group.</summary>
/// <param name="Uuid">The message's own id.</param>
/// <param name="GroupUuid">The message group it belongs to.</param>
/// <param name="CreatedAt">When it was sent; unique in its group.</param>
/// <param name="Text">The text.</param>
/// <param name="Sender">The sender, with the name at the time of sending.</param>
public sealed record Message(Guid Uuid, Guid GroupUuid, UtcTimestamp CreatedAt, string Text, User Sender);
