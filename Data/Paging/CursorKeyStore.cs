using Cruddur.Data.Postgres;

namespace Cruddur.Data.Paging;

/// <summary>The secret that all processes sign cursors with. It is made with the schema and kept in Postgres.</summary>
/// <param name="postgres">The database.</param>
public sealed class CursorKeyStore(PostgresClient postgres)
{
    private static readonly string FindKey = SqlText.Read("Paging/find_cursor_key.sql");

    private byte[]? _key;

    /// <summary>The secret, read once and then remembered.</summary>
    /// <param name="cancellationToken">Stops the query.</param>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_key is null)
        {
            var keys = await postgres.ReadAsync(FindKey, [], row => row.GetFieldValue<byte[]>(0), cancellationToken);
            _key = keys.SingleOrDefault()
                ?? throw new InvalidOperationException("The database has no cursor key. Run the seeder's `db schema-load`.");
        }

        return _key;
    }
}
