using Npgsql;

namespace Cruddur.Data.Postgres;

/// <summary>Runs SQL within the deadline.</summary>
/// <param name="dataSource">The connections.</param>
/// <param name="deadline">Ends calls that take too long.</param>
public sealed class PostgresClient(NpgsqlDataSource dataSource, CallDeadline deadline)
{
    /// <summary>Checks that the database responds.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    public Task PingAsync(CancellationToken cancellationToken) =>
        ReadAsync(SqlText.Read("Postgres/ping.sql"), [], row => row.GetInt32(0), cancellationToken);

    /// <summary>Runs a query that changes nothing.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    internal async Task<List<T>> ReadAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(sql, parameters, read, cancellationToken);
        }
        catch (NpgsqlException exception) when (IsEndedConnection(exception))
        {
            // The server was restarted after the last use of this connection. The query changes nothing, so it can run again.
            return await WriteAsync(sql, [.. parameters.Select(parameter => parameter.Clone())], read, cancellationToken);
        }
    }

    /// <summary>Whether the server has ended the connection. Its last message about that is read with the next query.</summary>
    private static bool IsEndedConnection(NpgsqlException exception) =>
        exception is { IsTransient: true, InnerException: IOException } or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown };

    /// <summary>Runs a statement that may change data.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Cancels the statement. It may have been executed.</param>
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
