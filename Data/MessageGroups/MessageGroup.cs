namespace Cruddur.Data.MessageGroups;

/// <summary>A conversation of two users.</summary>
/// <param name="Uuid">The group's id.</param>
/// <param name="Members">The two users who read and write it.</param>
/// <param name="LastMessageAt">When its newest message was sent.</param>
public sealed record MessageGroup(Guid Uuid, UserPair Members, UtcTimestamp LastMessageAt);
