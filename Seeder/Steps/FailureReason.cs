using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Cruddur.Data.DynamoDb;
using Npgsql;

namespace Cruddur.Seeder.Steps;

/// <summary>Says why a step failed and what to do next, in one line.</summary>
internal static class FailureReason
{
    public static string Explain(SeederServer server, Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing =>
            $"{missing.MessageText}. Run `db create` first.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"{refused.MessageText}. Correct user and password in {server.AddressSetting}.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } missing => $"{missing.MessageText}. Run `db schema-load` first.",
        PostgresException other => $"Postgres answers {other.SqlState}: {other.MessageText}.",
        _ when IsUnreachable(exception) =>
            $"{server.Name} does not answer. Check that it is running and that {server.AddressSetting} says where.",
        ResourceNotFoundException => $"There is no table {MessagesTable.Name} in DynamoDB. Run `ddb schema-load` first.",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } service => $"{server.Name} answers {code}: {service.Message}",
        _ => exception.Message,
    };

    private static bool IsUnreachable(Exception? exception) => exception switch
    {
        null => false,
        SocketException or HttpRequestException { StatusCode: null } or TimeoutException => true,
        _ => IsUnreachable(exception.InnerException),
    };
}
