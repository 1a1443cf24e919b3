using Cruddur.Data.Users;

namespace Cruddur.Data.Activities;

/// <summary>A crud: something short that a user tells everybody, or a reply to one.</summary>
/// <param name="Uuid">The activity's id.</param>
/// <param name="User">Who tells it.</param>
/// <param name="Message">What it says.</param>
/// <param name="Counts">What others have done with it.</param>
/// <param name="IsLiked">Whether the reader likes it.</param>
/// <param name="ReplyToActivityUuid">The activity that it replies to; null where it is no reply.</param>
/// <param name="ExpiresAt">When it is gone; null where it stays.</param>
/// <param name="CreatedAt">When it was told.</param>
public sealed record Activity(
    Guid Uuid,
    User User,
    string Message,
    ActivityCounts Counts,
    bool IsLiked,
    Guid? ReplyToActivityUuid,
    UtcTimestamp? ExpiresAt,
    UtcTimestamp CreatedAt);

/// <summary>What others have done with an activity.</summary>
/// <param name="Replies">How many replies it has.</param>
/// <param name="Reposts">How many times it was reposted.</param>
/// <param name="Likes">How many users like it.</param>
public sealed record ActivityCounts(int Replies, int Reposts, int Likes);
