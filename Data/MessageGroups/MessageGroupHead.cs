using Cruddur.Data.Users;

namespace Cruddur.Data.MessageGroups;

/// <summary>A conversation in the list of one of its members.</summary>
/// <param name="GroupUuid">The group's id.</param>
/// <param name="LastMessageAt">When its newest message was sent.</param>
/// <param name="LastMessage">The text of the newest message, from either member.</param>
/// <param name="Other">The other member, with the names at the time of the newest message.</param>
public sealed record MessageGroupHead(Guid GroupUuid, UtcTimestamp LastMessageAt, string LastMessage, User Other);
