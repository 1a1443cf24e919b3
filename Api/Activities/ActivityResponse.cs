using Cruddur.Data;
using Cruddur.Data.Activities;

namespace Cruddur.Api.Activities;

/// <summary>A crud, or a reply to one.</summary>
/// <param name="Uuid">The activity's id.</param>
/// <param name="DisplayName">The author's name.</param>
/// <param name="Handle">The author's handle.</param>
/// <param name="Message">The text.</param>
/// <param name="RepliesCount">The number of replies.</param>
/// <param name="RepostsCount">The number of reposts.</param>
/// <param name="LikesCount">The number of users who like it.</param>
/// <param name="Liked">Whether the caller likes it.</param>
/// <param name="ReplyToActivityUuid">The activity that it replies to; null if it is not a reply.</param>
/// <param name="ExpiresAt">When it expires; null if it does not expire.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record ActivityResponse(
    Guid Uuid,
    string DisplayName,
    string Handle,
    string Message,
    int RepliesCount,
    int RepostsCount,
    int LikesCount,
    bool Liked,
    Guid? ReplyToActivityUuid,
    UtcTimestamp? ExpiresAt,
    UtcTimestamp CreatedAt)
{
    public static ActivityResponse From(Activity activity) => new(
        activity.Uuid,
        activity.User.DisplayName,
        activity.User.Handle,
        activity.Message,
        activity.Counts.Replies,
        activity.Counts.Reposts,
        activity.Counts.Likes,
        activity.IsLiked,
        activity.ReplyToActivityUuid,
        activity.ExpiresAt,
        activity.CreatedAt);
}
