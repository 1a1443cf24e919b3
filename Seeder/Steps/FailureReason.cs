using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.Postgres;
using Npgsql;

namespace Cruddur.Seeder.Steps;

/// <summary>Describes in one line why a step failed and what to do next.</summary>
internal static class FailureReason
{
    public static string Explain(SeederServer server, Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing =>
            $"{missing.MessageText}. Run `db create` first.",
        PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification,
        } refused =>
            $"{refused.MessageText}. Correct the user and password in {server.AddressSetting}.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } missing => $"{missing.MessageText}. Run `db schema-load` first.",
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: CruddurDatabase.LowerHandleIndex } =>
            "Two rows of users have handles that differ in case only. Change one of them, and run this again.",
        PostgresException other => $"Postgres reports {other.SqlState}: {other.MessageText}.",
        NpgsqlException when IsUnreachable(exception) => DoesNotRespond(SeederServer.Postgres),
        _ when IsUnreachable(exception) => DoesNotRespond(server),
        ResourceNotFoundException =>
            $"DynamoDB has no such table. Run `ddb schema-load` to create {MessagesTable.Name}, or `ddb list-tables` to see all tables.",
        ProvisionedThroughputExceededException =>
            "DynamoDB throttles the requests. Run this again to continue, or raise the capacity of the table.",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } service => $"{server.Name} reports {code}: {service.Message}",
        _ => exception.Message,
    };

    private static string DoesNotRespond(SeederServer server) =>
        $"{server.Name} does not respond. Check that it is running and that {server.AddressSetting} contains its address.";

    private static bool IsUnreachable(Exception? exception) => exception switch
    {
        null => false,
        SocketException or HttpRequestException { StatusCode: null } or TimeoutException => true,
        _ => IsUnreachable(exception.InnerException),
    };
}
