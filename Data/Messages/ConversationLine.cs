using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>What one member of a conversation says at a time.</summary>
/// <param name="Sender">Who says it.</param>
/// <param name="Text">What is said.</param>
public sealed record ConversationLine(User Sender, string Text);
