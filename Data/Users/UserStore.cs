using Cruddur.Data.Postgres;
using Npgsql;

namespace Cruddur.Data.Users;

/// <summary>The users in Postgres.</summary>
/// <param name="postgres">The database.</param>
public sealed class UserStore(PostgresClient postgres)
{
    private static readonly string FindByCognitoUserId = SqlText.Read("Users/find_by_cognito_user_id.sql");
    private static readonly string FindByHandle = SqlText.Read("Users/find_by_handle.sql");
    private static readonly string FindByUuids = SqlText.Read("Users/find_by_uuids.sql");
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
        postgres.ReadAsync(sql, [parameter], row => new User(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken);
}
