using Cruddur.Data.Users;

namespace Cruddur.Data.MessageGroups;

/// <summary>A message group as one of its members sees it in the list of conversations.</summary>
/// <param name="GroupUuid">The group's id.</param>
/// <param name="LastMessageAt">When its newest message was sent.</param>
/// <param name="LastMessage">What the newest message says, whoever sent it.</param>
/// <param name="Other">The other member, named as at the time of the newest message.</param>
public sealed record MessageGroupHead(Guid GroupUuid, UtcTimestamp LastMessageAt, string LastMessage, User Other);
