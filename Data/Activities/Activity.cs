using Cruddur.Data.Users;

namespace Cruddur.Data.Activities;

/// <summary>A short text that a user publishes for all users, or a reply to one. The front end calls it a crud.</summary>
/// <param name="Uuid">The activity's id.</param>
/// <param name="User">The author.</param>
/// <param name="Message">The text.</param>
/// <param name="Counts">The numbers of replies, reposts and likes.</param>
/// <param name="IsLiked">Whether the reader likes it.</param>
/// <param name="ReplyToActivityUuid">The activity that it replies to; null if it is not a reply.</param>
/// <param name="ExpiresAt">When it expires; null if it does not expire.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record Activity(
    Guid Uuid,
    User User,
    string Message,
    ActivityCounts Counts,
    bool IsLiked,
    Guid? ReplyToActivityUuid,
    UtcTimestamp? ExpiresAt,
    UtcTimestamp CreatedAt);

/// <summary>The numbers of replies, reposts and likes of an activity.</summary>
/// <param name="Replies">The number of replies.</param>
/// <param name="Reposts">The number of reposts.</param>
/// <param name="Likes">The number of users who like it.</param>
public sealed record ActivityCounts(int Replies, int Reposts, int Likes);
