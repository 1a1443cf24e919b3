using Cruddur.Data.Postgres;
using Npgsql;

namespace Cruddur.Data.Users;

/// <summary>The users in Postgres.</summary>
/// <param name="postgres">The database.</param>
public sealed class UserStore(PostgresClient postgres)
{
    private static readonly string[] HandleConstraints = ["users_handle_key", CruddurDatabase.LowerHandleIndex];

    private static readonly string Add = SqlText.Read("Users/add.sql");
    private static readonly string FindByCognitoUserId = SqlText.Read("Users/find_by_cognito_user_id.sql");
    private static readonly string FindByHandle = SqlText.Read("Users/find_by_handle.sql");
    private static readonly string FindByHandles = SqlText.Read("Users/find_by_handles.sql");
    private static readonly string FindByUuids = SqlText.Read("Users/find_by_uuids.sql");
    private static readonly string Register = SqlText.Read("Users/register.sql");
    private static readonly string Search = SqlText.Read("Users/search.sql");
    private static readonly string LinkCognitoUsers = SqlText.Read("Users/link_cognito_users.sql");
    private static readonly string RelinkCognitoUsers = SqlText.Read("Users/relink_cognito_users.sql");
    private static readonly string FindCognitoConflicts = SqlText.Read("Users/find_cognito_conflicts.sql");

    /// <summary>The user who signs in with this Cognito id.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The user; null if there is none.</returns>
    public async Task<User?> FindByCognitoUserIdAsync(string cognitoUserId, CancellationToken cancellationToken) =>
        (await FindAsync(FindByCognitoUserId, new NpgsqlParameter<string>("cognito_user_id", cognitoUserId), cancellationToken))
            .SingleOrDefault();

    /// <summary>The user with this handle, in upper, lower or mixed case.</summary>
    /// <param name="handle">The handle, without the leading @.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The user; null if there is none.</returns>
    public async Task<User?> FindByHandleAsync(string handle, CancellationToken cancellationToken) =>
        // Postgres cannot store a null character, nor look for one.
        handle.Contains('\0', StringComparison.Ordinal)
            ? null
            : (await FindAsync(FindByHandle, new NpgsqlParameter<string>("handle", Handle.Normalize(handle)), cancellationToken))
                .SingleOrDefault();

    /// <summary>The users with these handles, in no order. Unknown handles are ignored.</summary>
    /// <param name="handles">The handles, normalized.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<User>> FindByHandlesAsync(IEnumerable<string> handles, CancellationToken cancellationToken) =>
        await FindAsync(FindByHandles, new NpgsqlParameter<string[]>("handles", [.. handles]), cancellationToken);

    /// <summary>The users with these uuids, in no order. Unknown uuids are ignored.</summary>
    /// <param name="uuids">The users' uuids.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<User>> FindByUuidsAsync(IReadOnlyCollection<Guid> uuids, CancellationToken cancellationToken) =>
        await FindAsync(FindByUuids, new NpgsqlParameter<Guid[]>("uuids", [.. uuids]), cancellationToken);

    /// <summary>The users whose handle or name starts with a text, ignoring case, in the order of their handles.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">The maximum number of users.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<List<User>> SearchAsync(string prefix, int limit, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            new NpgsqlParameter<string>("pattern", LikePattern.StartingWith(prefix)),
            new NpgsqlParameter<int>("limit", limit),
        ];
        return postgres.ReadAsync(Search, parameters, ReadUser, cancellationToken);
    }

    /// <summary>Adds users, all with one statement. Users whose uuid or handle exists are left out.</summary>
    /// <param name="users">The users.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is changed then.</param>
    /// <returns>How many users were added.</returns>
    public async Task<int> AddAsync(IReadOnlyCollection<NewUser> users, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            new NpgsqlParameter<Guid[]>("uuids", [.. users.Select(user => user.Uuid)]),
            new NpgsqlParameter<string[]>("handles", [.. users.Select(user => user.Handle)]),
            new NpgsqlParameter<string[]>("display_names", [.. users.Select(user => user.DisplayName)]),
            new NpgsqlParameter<string[]>("emails", [.. users.Select(user => user.Email)]),
        ];
        return (await postgres.WriteAsync(Add, parameters, row => row.GetString(0), cancellationToken)).Count;
    }

    /// <summary>Creates the row of a user who signs in for the first time, or updates name and e-mail of the existing row.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="handle">The handle that the user chose, normalized. An existing row keeps its own.</param>
    /// <param name="displayName">The name to display.</param>
    /// <param name="email">The e-mail address.</param>
    /// <param name="cancellationToken">Cancels the work. It may have been done.</param>
    /// <returns>The user; null if another user has the handle.</returns>
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
            catch (PostgresException exception) when (
                exception.SqlState is PostgresErrorCodes.UniqueViolation && HandleConstraints.Contains(exception.ConstraintName))
            {
                // A concurrent request may have created the user's own row. Then the next attempt finds it.
                if (attempt == 2)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>
    /// Links each row to the Cognito user with the row's handle. Users choose that handle themselves, so a link is made once:
    /// linked rows and linked Cognito users stay as they are, and a handle that two Cognito users have links neither of them.
    /// </summary>
    /// <param name="pool">The users of the pool.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is changed then.</param>
    /// <returns>How many rows were linked.</returns>
    public Task<int> LinkCognitoUsersAsync(IEnumerable<CognitoIdentity> pool, CancellationToken cancellationToken) =>
        UpdateLinksAsync(LinkCognitoUsers, pool, cancellationToken);

    /// <summary>
    /// Links each row to the Cognito user with the row's handle, even if the row or the Cognito user is linked already. A handle
    /// that two Cognito users have links neither of them.
    /// </summary>
    /// <param name="pool">The users of the pool whose links may change.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is changed then.</param>
    /// <returns>How many rows were linked to another Cognito user than before.</returns>
    public Task<int> RelinkCognitoUsersAsync(IEnumerable<CognitoIdentity> pool, CancellationToken cancellationToken) =>
        UpdateLinksAsync(RelinkCognitoUsers, pool, cancellationToken);

    /// <summary>The rows whose handle belongs to a Cognito user who is not linked to them, by handle.</summary>
    /// <param name="pool">The users of the pool.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<CognitoConflict>> FindCognitoConflictsAsync(
        IEnumerable<CognitoIdentity> pool, CancellationToken cancellationToken) =>
        await postgres.ReadAsync(
            FindCognitoConflicts,
            PoolParameters(pool),
            row => new CognitoConflict(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetFieldValue<string[]>(2)),
            cancellationToken);

    private async Task<int> UpdateLinksAsync(string sql, IEnumerable<CognitoIdentity> pool, CancellationToken cancellationToken)
    {
        var unambiguous = pool
            .GroupBy(user => Handle.Normalize(user.Handle))
            .Where(users => users.Count() == 1)
            .Select(users => users.Single());
        return (await postgres.WriteAsync(sql, PoolParameters(unambiguous), row => row.GetString(0), cancellationToken)).Count;
    }

    private static NpgsqlParameter[] PoolParameters(IEnumerable<CognitoIdentity> pool)
    {
        var users = pool.ToList();
        return
        [
            new NpgsqlParameter<string[]>("handles", [.. users.Select(user => Handle.Normalize(user.Handle))]),
            new NpgsqlParameter<string[]>("cognito_user_ids", [.. users.Select(user => user.CognitoUserId)]),
        ];
    }

    private Task<List<User>> FindAsync(string sql, NpgsqlParameter parameter, CancellationToken cancellationToken) =>
        postgres.ReadAsync(sql, [parameter], ReadUser, cancellationToken);

    private static User ReadUser(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2));
}
