namespace Cruddur.Api.Messages;

/// <summary>A message to send, either to a conversation or to a user.</summary>
/// <param name="Message">What it says: 1 to 1,024 code points, not only blanks.</param>
/// <param name="MessageGroupUuid">The conversation to send it to.</param>
/// <param name="Handle">The user to send it to, where no conversation is given. The first message begins a conversation.</param>
internal sealed record SendMessageRequest(string? Message = null, string? MessageGroupUuid = null, string? Handle = null);
