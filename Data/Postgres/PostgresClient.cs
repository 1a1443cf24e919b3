using Npgsql;

namespace Cruddur.Data.Postgres;

/// <summary>Runs SQL within the deadline.</summary>
/// <param name="dataSource">The connections.</param>
/// <param name="deadline">Ends calls that take too long.</param>
public sealed class PostgresClient(NpgsqlDataSource dataSource, CallDeadline deadline)
{
    /// <summary>Asks whether the database answers.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task PingAsync(CancellationToken cancellationToken) =>
        ReadAsync(SqlText.Read("Postgres/ping.sql"), [], row => row.GetInt32(0), cancellationToken);

    /// <summary>The rows of a query that changes nothing.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    internal async Task<List<T>> ReadAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(sql, parameters, read, cancellationToken);
        }
        catch (NpgsqlException exception) when (exception is { IsTransient: true, InnerException: IOException })
        {
            // The server was restarted since the pool's connection was last used. There is nothing to lose by asking anew.
            return await WriteAsync(sql, [.. parameters.Select(parameter => parameter.Clone())], read, cancellationToken);
        }
    }

    /// <summary>The rows of a statement that may change something.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Stops the statement, which is done or not when that happens.</param>
    internal Task<List<T>> WriteAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        deadline.RunAsync(
            async token =>
            {
                await using var command = dataSource.CreateCommand(sql);
                command.Parameters.AddRange(parameters);
                await using var reader = await command.ExecuteReaderAsync(token);
                var rows = new List<T>();
                while (await reader.ReadAsync(token))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellationToken);
}
