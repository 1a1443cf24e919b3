using Cruddur.Data.Postgres;
using Npgsql;

namespace Cruddur.Data.Users;

/// <summary>The users in Postgres.</summary>
/// <param name="postgres">The database.</param>
public sealed class UserStore(PostgresClient postgres)
{
    private const string HandleConstraint = "users_handle_key";

    private static readonly string FindByCognitoUserId = SqlText.Read("Users/find_by_cognito_user_id.sql");
    private static readonly string FindByHandle = SqlText.Read("Users/find_by_handle.sql");
    private static readonly string FindByUuids = SqlText.Read("Users/find_by_uuids.sql");
    private static readonly string Register = SqlText.Read("Users/register.sql");
    private static readonly string Search = SqlText.Read("Users/search.sql");
    private static readonly string UpdateCognitoUserIds = SqlText.Read("Users/update_cognito_user_ids.sql");

    /// <summary>The user who signs in with this Cognito id.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The user; null where there is none.</returns>
    public async Task<User?> FindByCognitoUserIdAsync(string cognitoUserId, CancellationToken cancellationToken) =>
        (await FindAsync(FindByCognitoUserId, new NpgsqlParameter<string>("cognito_user_id", cognitoUserId), cancellationToken)).SingleOrDefault();

    /// <summary>The user with this handle.</summary>
    /// <param name="handle">The handle, without the leading @.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The user; null where there is none.</returns>
    public async Task<User?> FindByHandleAsync(string handle, CancellationToken cancellationToken) =>
        Handle.IsValid(handle)
            ? (await FindAsync(FindByHandle, new NpgsqlParameter<string>("handle", handle), cancellationToken)).SingleOrDefault()
            : null;

    /// <summary>The users with these uuids, in no order; unknown ones are left out.</summary>
    /// <param name="uuids">The users' uuids.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<User>> FindByUuidsAsync(IReadOnlyCollection<Guid> uuids, CancellationToken cancellationToken) =>
        await FindAsync(FindByUuids, new NpgsqlParameter<Guid[]>("uuids", [.. uuids]), cancellationToken);

    /// <summary>The first users by handle whose handle or name begins with a text, upper and lower case being the same.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">The most users to answer.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<List<User>> SearchAsync(string prefix, int limit, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [new NpgsqlParameter<string>("pattern", LikePattern.BeginningWith(prefix)), new NpgsqlParameter<int>("limit", limit)];
        return postgres.ReadAsync(Search, parameters, ReadUser, cancellationToken);
    }

    /// <summary>Makes the row of a user who signs in for the first time, or brings name and e-mail of the row there is up to date.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="handle">The handle the user has chosen; the row there is keeps its own.</param>
    /// <param name="displayName">The name to show.</param>
    /// <param name="email">The e-mail address.</param>
    /// <param name="cancellationToken">Stops the work, which is done or not when that happens.</param>
    /// <returns>The user; null where another user has the handle.</returns>
    public async Task<User?> RegisterAsync(
        string cognitoUserId, string handle, string displayName, string email, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            NpgsqlParameter[] parameters =
            [
                new NpgsqlParameter<string>("cognito_user_id", cognitoUserId),
                new NpgsqlParameter<string>("handle", handle),
                new NpgsqlParameter<string>("display_name", displayName),
                new NpgsqlParameter<string>("email", email),
            ];
            try
            {
                return (await postgres.WriteAsync(Register, parameters, ReadUser, cancellationToken)).Single();
            }
            catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: HandleConstraint })
            {
                // It may be the user's own row, from a request at the same moment. Then the next attempt finds it.
                if (attempt == 2)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Stores which Cognito user signs in as which user. Handles without a row are passed over.</summary>
    /// <param name="cognitoUserIds">The Cognito ids by handle.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then.</param>
    /// <returns>How many users got another id than they had.</returns>
    public async Task<int> UpdateCognitoUserIdsAsync(IReadOnlyDictionary<string, string> cognitoUserIds, CancellationToken cancellationToken)
    {
        var updated = await postgres.WriteAsync(
            UpdateCognitoUserIds,
            [
                new NpgsqlParameter<string[]>("handles", [.. cognitoUserIds.Keys]),
                new NpgsqlParameter<string[]>("cognito_user_ids", [.. cognitoUserIds.Values]),
            ],
            row => row.GetString(0),
            cancellationToken);
        return updated.Count;
    }

    private Task<List<User>> FindAsync(string sql, NpgsqlParameter parameter, CancellationToken cancellationToken) =>
        postgres.ReadAsync(sql, [parameter], ReadUser, cancellationToken);

    private static User ReadUser(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2));
}
