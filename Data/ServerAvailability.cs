using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Npgsql;

namespace Cruddur.Data;

/// <summary>Tells the failures that pass from those that stay.</summary>
public static class ServerAvailability
{
    private static readonly HashSet<string> Throttling =
        ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"];

    /// <summary>Whether a server does not answer, is too busy to, or lacks its schema: the same request may succeed later.</summary>
    /// <param name="exception">What a call to a server has thrown.</param>
    public static bool IsAway(Exception? exception) => exception switch
    {
        null => false,
        SocketException or HttpRequestException or TimeoutException => true,
        NpgsqlException { IsTransient: true } => true,
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable } => true,
        ResourceNotFoundException => true,
        AmazonServiceException service when service.StatusCode >= HttpStatusCode.InternalServerError => true,
        AmazonServiceException service when Throttling.Contains(service.ErrorCode ?? "") => true,
        _ => IsAway(exception.InnerException),
    };
}
