using Cruddur.Data.Postgres;
using Npgsql;

namespace Cruddur.Data.Users;

/// <summary>The users in Postgres.</summary>
/// <param name="dataSource">The connections.</param>
public sealed class UserStore(NpgsqlDataSource dataSource)
{
    private static readonly string FindByCognitoUserId = SqlText.Read("Users/find_by_cognito_user_id.sql");
    private static readonly string FindByHandle = SqlText.Read("Users/find_by_handle.sql");
    private static readonly string FindByUuids = SqlText.Read("Users/find_by_uuids.sql");
    private static readonly string UpdateCognitoUserIds = SqlText.Read("Users/update_cognito_user_ids.sql");

    /// <summary>The user who signs in with this Cognito id.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The user; null where there is none.</returns>
    public Task<User?> FindByCognitoUserIdAsync(string cognitoUserId, CancellationToken cancellationToken) =>
        FindAsync(FindByCognitoUserId, new NpgsqlParameter<string>("cognito_user_id", cognitoUserId), cancellationToken);

    /// <summary>The user with this handle.</summary>
    /// <param name="handle">The handle, without the leading @.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The user; null where there is none.</returns>
    public Task<User?> FindByHandleAsync(string handle, CancellationToken cancellationToken) =>
        FindAsync(FindByHandle, new NpgsqlParameter<string>("handle", handle), cancellationToken);

    /// <summary>The users with these uuids, in no order; unknown ones are left out.</summary>
    /// <param name="uuids">The users' uuids.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<User>> FindByUuidsAsync(IReadOnlyCollection<Guid> uuids, CancellationToken cancellationToken) =>
        await QueryAsync(FindByUuids, new NpgsqlParameter<Guid[]>("uuids", [.. uuids]), cancellationToken);

    /// <summary>Stores which Cognito user signs in as which user. Handles without a row are passed over.</summary>
    /// <param name="cognitoUserIds">The Cognito ids by handle.</param>
    /// <param name="cancellationToken">Stops the work; nothing is changed then.</param>
    /// <returns>How many users got another id than they had.</returns>
    public async Task<int> UpdateCognitoUserIdsAsync(IReadOnlyDictionary<string, string> cognitoUserIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(UpdateCognitoUserIds);
        command.Parameters.Add(new NpgsqlParameter<string[]>("handles", [.. cognitoUserIds.Keys]));
        command.Parameters.Add(new NpgsqlParameter<string[]>("cognito_user_ids", [.. cognitoUserIds.Values]));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var updated = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            updated++;
        }

        return updated;
    }

    private async Task<User?> FindAsync(string sql, NpgsqlParameter parameter, CancellationToken cancellationToken) =>
        (await QueryAsync(sql, parameter, cancellationToken)).SingleOrDefault();

    private async Task<List<User>> QueryAsync(string sql, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var users = new List<User>();
        while (await reader.ReadAsync(cancellationToken))
        {
            users.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        }

        return users;
    }
}
