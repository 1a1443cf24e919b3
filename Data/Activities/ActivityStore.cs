using Cruddur.Data.Paging;
using Cruddur.Data.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cruddur.Data.Activities;

/// <summary>The activities in Postgres. Expired activities are not returned.</summary>
/// <param name="postgres">The database.</param>
public sealed class ActivityStore(PostgresClient postgres)
{
    private static readonly string ListHome = SqlText.Read("Activities/list_home.sql");
    private static readonly string ListOfUser = SqlText.Read("Activities/list_of_user.sql");
    private static readonly string ListReplies = SqlText.Read("Activities/list_replies.sql");
    private static readonly string Find = SqlText.Read("Activities/find.sql");
    private static readonly string Create = SqlText.Read("Activities/create.sql");
    private static readonly string Reply = SqlText.Read("Activities/reply.sql");
    private static readonly string Like = SqlText.Read("Activities/like.sql");
    private static readonly string Unlike = SqlText.Read("Activities/unlike.sql");

    /// <summary>The activities of all users without replies, newest first.</summary>
    /// <param name="readerUuid">The user who reads.</param>
    /// <param name="limit">The most activities to return, 1 or more.</param>
    /// <param name="start">Where the page begins; null for the newest page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<Page<Activity>> ListHomeAsync(Guid readerUuid, int limit, PageStart? start, CancellationToken cancellationToken) =>
        ListAsync(ListHome, readerUuid, [], limit, start, cancellationToken);

    /// <summary>The activities and replies of a user, newest first.</summary>
    /// <param name="readerUuid">The user who reads.</param>
    /// <param name="userUuid">The author.</param>
    /// <param name="limit">The most activities to return, 1 or more.</param>
    /// <param name="start">Where the page begins; null for the newest page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<Page<Activity>> ListOfUserAsync(
        Guid readerUuid, Guid userUuid, int limit, PageStart? start, CancellationToken cancellationToken) =>
        ListAsync(ListOfUser, readerUuid, [new NpgsqlParameter<Guid>("owner_uuid", userUuid)], limit, start, cancellationToken);

    /// <summary>The replies to an activity, newest first.</summary>
    /// <param name="readerUuid">The user who reads.</param>
    /// <param name="activityUuid">The activity.</param>
    /// <param name="limit">The most replies to return, 1 or more.</param>
    /// <param name="start">Where the page begins; null for the newest page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<Page<Activity>> ListRepliesAsync(
        Guid readerUuid, Guid activityUuid, int limit, PageStart? start, CancellationToken cancellationToken) =>
        ListAsync(ListReplies, readerUuid, [new NpgsqlParameter<Guid>("owner_uuid", activityUuid)], limit, start, cancellationToken);

    /// <summary>An activity; null if it does not exist.</summary>
    /// <param name="readerUuid">The user who reads.</param>
    /// <param name="activityUuid">The activity.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<Activity?> FindAsync(Guid readerUuid, Guid activityUuid, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
            [new NpgsqlParameter<Guid>("reader_uuid", readerUuid), new NpgsqlParameter<Guid>("activity_uuid", activityUuid)];
        return (await postgres.ReadAsync(Find, parameters, Read, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Creates an activity.</summary>
    /// <param name="userUuid">The author.</param>
    /// <param name="message">The text.</param>
    /// <param name="lifetime">The time until the activity expires.</param>
    /// <param name="cancellationToken">Cancels the work. It may have been done.</param>
    public async Task<Activity> CreateAsync(Guid userUuid, string message, TimeSpan lifetime, CancellationToken cancellationToken) =>
        (await ChangeAsync(
            Create,
            userUuid,
            [new NpgsqlParameter<string>("message", message), new NpgsqlParameter<TimeSpan>("lifetime", lifetime)],
            cancellationToken))!;

    /// <summary>Creates a reply, which expires together with the activity.</summary>
    /// <param name="userUuid">The author of the reply.</param>
    /// <param name="activityUuid">The activity.</param>
    /// <param name="message">The text of the reply.</param>
    /// <param name="cancellationToken">Cancels the work. It may have been done.</param>
    /// <returns>The reply; null if the activity does not exist.</returns>
    public Task<Activity?> ReplyAsync(Guid userUuid, Guid activityUuid, string message, CancellationToken cancellationToken) =>
        ChangeAsync(
            Reply,
            userUuid,
            [new NpgsqlParameter<Guid>("activity_uuid", activityUuid), new NpgsqlParameter<string>("message", message)],
            cancellationToken);

    /// <summary>Adds or removes a like. Repeating the call changes nothing.</summary>
    /// <param name="userUuid">The user.</param>
    /// <param name="activityUuid">The activity.</param>
    /// <param name="isLiked">Whether the user likes the activity.</param>
    /// <param name="cancellationToken">Cancels the work. It may have been done.</param>
    /// <returns>The activity; null if it does not exist.</returns>
    public Task<Activity?> LikeAsync(Guid userUuid, Guid activityUuid, bool isLiked, CancellationToken cancellationToken) =>
        ChangeAsync(isLiked ? Like : Unlike, userUuid, [new NpgsqlParameter<Guid>("activity_uuid", activityUuid)], cancellationToken);

    private static Activity Read(NpgsqlDataReader row) => new(
        row.GetGuid(1),
        new(row.GetGuid(9), row.GetString(10), row.GetString(11)),
        row.GetString(2),
        new(row.GetInt32(3), row.GetInt32(4), row.GetInt32(5)),
        row.GetBoolean(0),
        row.IsDBNull(6) ? null : row.GetGuid(6),
        row.IsDBNull(7) ? null : new UtcTimestamp(row.GetFieldValue<DateTimeOffset>(7)),
        new(row.GetFieldValue<DateTimeOffset>(8)));

    private async Task<Activity?> ChangeAsync(
        string sql, Guid userUuid, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var changed = await postgres.WriteAsync(
            sql, [new NpgsqlParameter<Guid>("user_uuid", userUuid), .. parameters], row => row.GetGuid(0), cancellationToken);
        return changed is [var activityUuid] ? await FindAsync(userUuid, activityUuid, cancellationToken) : null;
    }

    private async Task<Page<Activity>> ListAsync(
        string sql, Guid readerUuid, NpgsqlParameter[] parameters, int limit, PageStart? start, CancellationToken cancellationToken)
    {
        var (createdAt, uuid) = start is null ? default : ActivityPosition.Parse(start.Position);
        var activities = await postgres.ReadAsync(
            sql,
            [
                new NpgsqlParameter<Guid>("reader_uuid", readerUuid),
                new NpgsqlParameter("before_created_at", NpgsqlDbType.TimestampTz)
                {
                    Value = start is null ? DBNull.Value : createdAt.ToDateTimeOffset(),
                },
                new NpgsqlParameter<Guid>("before_uuid", uuid),
                new NpgsqlParameter<int>("limit", limit + 1),
                .. parameters,
            ],
            Read,
            cancellationToken);

        var page = activities.Take(limit).ToList();
        var older = activities.Count > limit ? new ActivityPosition(page[^1].CreatedAt, page[^1].Uuid).ToString() : null;
        return new(page, older, Newer: null);
    }
}
