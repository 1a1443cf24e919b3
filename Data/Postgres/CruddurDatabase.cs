using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cruddur.Data.Postgres;

/// <summary>The Postgres database: its schema and its seed.</summary>
/// <param name="dataSource">The connections.</param>
public sealed class CruddurDatabase(NpgsqlDataSource dataSource)
{
    /// <summary>Name of the connection string, as in <c>ConnectionStrings__cruddur</c>.</summary>
    public const string ConnectionName = "cruddur";

    /// <summary>The index that keeps handles unique in lower case.</summary>
    public const string LowerHandleIndex = "users_lower_handle_key";

    private static readonly string Schema = SqlText.Read("Postgres/schema.sql");
    private static readonly string ListTables = SqlText.Read("Postgres/list_tables.sql");
    private static readonly string Seed = SqlText.Read("Postgres/seed.sql");

    /// <summary>Reads the connection string.</summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <exception cref="InvalidOperationException">There is no connection string.</exception>
    public static string ReadConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString(ConnectionName)
        ?? throw new InvalidOperationException(
            "There is no connection string to Postgres. Start the system with `dotnet run --project AppHost`, "
            + $"or set ConnectionStrings__{ConnectionName}.");

    /// <summary>Creates missing tables and indexes.</summary>
    /// <param name="cancellationToken">Cancels the work; nothing is changed then.</param>
    /// <returns>How many tables were created.</returns>
    public Task<int> LoadSchemaAsync(CancellationToken cancellationToken) =>
        InTransactionAsync(
            async (connection, transaction) =>
            {
                await using var load = new NpgsqlCommand(Schema, connection, transaction);
                await using var list = new NpgsqlCommand(ListTables, connection, transaction);
                var before = await ReadNamesAsync(list, cancellationToken);
                await load.ExecuteNonQueryAsync(cancellationToken);
                return (await ReadNamesAsync(list, cancellationToken)).Except(before).Count();
            },
            cancellationToken);

    /// <summary>Adds the seed users and their activities. Existing rows do not change.</summary>
    /// <param name="cancellationToken">Cancels the work; nothing is changed then.</param>
    /// <returns>How many rows were added.</returns>
    public Task<int> SeedAsync(CancellationToken cancellationToken) =>
        InTransactionAsync(
            async (connection, transaction) =>
            {
                await using var seed = new NpgsqlCommand(Seed, connection, transaction);
                return await seed.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    private static async Task<List<string>> ReadNamesAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private async Task<int> InTransactionAsync(
        Func<NpgsqlConnection, NpgsqlTransaction, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
