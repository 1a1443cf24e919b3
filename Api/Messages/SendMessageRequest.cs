namespace Cruddur.Api.Messages;

/// <summary>A message to send, either to a conversation or to a user.</summary>
/// <param name="Message">The text: 1 to 1,024 code points, not blank.</param>
/// <param name="MessageGroupUuid">The conversation to send it to.</param>
/// <param name="Handle">The handle of the user to send it to, without a conversation. The first message starts a conversation.</param>
internal sealed record SendMessageRequest(string? Message = null, string? MessageGroupUuid = null, string? Handle = null);
