using Cruddur.Data;
using Cruddur.Data.Activities;

namespace Cruddur.Api.Activities;

/// <summary>A crud, or a reply to one.</summary>
/// <param name="Uuid">The activity's id.</param>
/// <param name="DisplayName">The name of the one who tells it.</param>
/// <param name="Handle">The handle of the one who tells it.</param>
/// <param name="Message">What it says.</param>
/// <param name="RepliesCount">How many replies it has.</param>
/// <param name="RepostsCount">How many times it was reposted.</param>
/// <param name="LikesCount">How many users like it.</param>
/// <param name="Liked">Whether the caller likes it.</param>
/// <param name="ReplyToActivityUuid">The activity that it replies to; null where it is no reply.</param>
/// <param name="ExpiresAt">When it is gone; null where it stays.</param>
/// <param name="CreatedAt">When it was told.</param>
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
