using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Npgsql;

namespace Cruddur.Data;

/// <summary>Recognizes failures of a server that may be gone when the request is repeated.</summary>
public static class ServerAvailability
{
    private static readonly HashSet<string> Transient =
        ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "TransactionInProgressException"];

    /// <summary>States of Postgres that an operator fixes: no schema yet, a failover to a read-only server, a new password.</summary>
    private static readonly HashSet<string> Unusable =
    [
        PostgresErrorCodes.InvalidCatalogName,
        PostgresErrorCodes.UndefinedTable,
        PostgresErrorCodes.ReadOnlySqlTransaction,
        PostgresErrorCodes.InvalidPassword,
    ];

    /// <summary>Whether a server does not answer, is too busy, or can't be used yet. The same request may succeed later.</summary>
    /// <param name="exception">The exception that a call to a server threw.</param>
    public static bool IsUnavailable(Exception? exception) => exception switch
    {
        null => false,
        SocketException or HttpRequestException or TimeoutException => true,
        NpgsqlException { IsTransient: true } => true,
        PostgresException postgres when Unusable.Contains(postgres.SqlState) => true,
        ResourceNotFoundException => true,
        AmazonServiceException service when service.StatusCode >= HttpStatusCode.InternalServerError => true,
        AmazonServiceException service when Transient.Contains(service.ErrorCode ?? "") => true,
        _ => IsUnavailable(exception.InnerException),
    };
}
