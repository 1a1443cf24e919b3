using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cruddur.Data.Postgres;

/// <summary>The Postgres server of the connection string: creates and drops the database that the string names.</summary>
/// <param name="configuration">Has the connection string.</param>
public sealed class DatabaseServer(IConfiguration configuration)
{
    /// <summary>The database that every server has, to be connected with while another one comes or goes.</summary>
    private const string Maintenance = "postgres";

    private readonly NpgsqlConnectionStringBuilder _settings = new(CruddurDatabase.ReadConnectionString(configuration));

    /// <summary>The database's name.</summary>
    public string Database => _settings.Database!;

    /// <summary>Creates the database, empty, where it is missing.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether it was created; false where it was there already.</returns>
    public async Task<bool> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(name => $"create database {name}", cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Drops the database with all that is in it, and ends the connections to it.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether it was dropped; false where there was none.</returns>
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

    /// <summary>Runs a statement about the database, whose name can be no parameter.</summary>
    private async Task ExecuteAsync(Func<string, string> statement, CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = Maintenance, Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement(new NpgsqlCommandBuilder().QuoteIdentifier(Database)), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
