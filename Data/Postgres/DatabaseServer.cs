using Cruddur.Data.Notifications;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cruddur.Data.Postgres;

/// <summary>Creates and drops the database of the connection string.</summary>
/// <param name="configuration">Contains the connection string.</param>
public sealed class DatabaseServer(IConfiguration configuration)
{
    /// <summary>The database that exists on every server. Another database is created and dropped over a connection to it.</summary>
    private const string Maintenance = "postgres";

    private static readonly string CountListeners = SqlText.Read("Postgres/count_listeners.sql");

    private readonly NpgsqlConnectionStringBuilder _settings = new(CruddurDatabase.ReadConnectionString(configuration));

    /// <summary>The database's name.</summary>
    public string Database => _settings.Database!;

    /// <summary>Creates the database, empty, if it is missing.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Whether it was created; false if it existed.</returns>
    public async Task<bool> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(name => $"create database {name}", cancellationToken);
            return true;
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Drops the database and its data, and closes the connections to it.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Whether it was dropped; false if there was none.</returns>
    public async Task<bool> DropAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(name => $"drop database {name} with (force)", cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }

    /// <summary>
    /// How many processes receive notifications from the database. Until a process does, it can serve users from its cache that are
    /// no longer in the database.
    /// </summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<int> CountListenersAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand(CountListeners, connection);
        command.Parameters.Add(new NpgsqlParameter<string>("database", Database));
        command.Parameters.Add(new NpgsqlParameter<string>("application_name", NotificationListener.ConnectionName));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Runs a statement with the database's name, which cannot be a parameter.</summary>
    private async Task ExecuteAsync(Func<string, string> statement, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement(new NpgsqlCommandBuilder().QuoteIdentifier(Database)), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = Maintenance, Pooling = false };
        var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
