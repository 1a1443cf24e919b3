using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Cruddur.Data;
using Npgsql;

namespace Cruddur.UnitTests.Data;

public sealed class ServerAvailabilityTests
{
    public static TheoryData<Exception> Transient =>
    [
        new SocketException((int)SocketError.ConnectionRefused),
        new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused)),
        new PostgresException("the database system is starting up", "FATAL", "FATAL", PostgresErrorCodes.CannotConnectNow),
        new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
        new PostgresException("terminating connection because of crash", "FATAL", "FATAL", PostgresErrorCodes.CrashShutdown),
        new PostgresException("cannot execute in a read-only transaction", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction),
        new PostgresException("password authentication failed", "FATAL", "FATAL", PostgresErrorCodes.InvalidPassword),
        new PostgresException("database \"cruddur\" does not exist", "FATAL", "FATAL", PostgresErrorCodes.InvalidCatalogName),
        new PostgresException("relation \"users\" does not exist", "ERROR", "ERROR", PostgresErrorCodes.UndefinedTable),
        new ResourceNotFoundException("Cannot do operations on a non-existent table"),
        new AmazonServiceException("Rate exceeded") { StatusCode = HttpStatusCode.BadRequest, ErrorCode = "ThrottlingException" },
        new AmazonServiceException("In progress") { StatusCode = HttpStatusCode.BadRequest, ErrorCode = "TransactionInProgressException" },
        new AmazonServiceException("Internal") { StatusCode = HttpStatusCode.InternalServerError },
        new InvalidOperationException("No keys", new IOException("No document", new HttpRequestException("refused"))),
        new TimeoutException(),
    ];

    public static TheoryData<Exception> Permanent =>
    [
        new InvalidOperationException("A fault of ours"),
        new PostgresException("syntax error", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError),
        new AmazonServiceException("Not allowed") { StatusCode = HttpStatusCode.BadRequest, ErrorCode = "AccessDeniedException" },
    ];

    [Theory]
    [MemberData(nameof(Transient))]
    public void A_transient_failure_is_unavailability(Exception exception) => Assert.True(ServerAvailability.IsUnavailable(exception));

    [Theory]
    [MemberData(nameof(Permanent))]
    public void A_permanent_failure_is_not(Exception exception) => Assert.False(ServerAvailability.IsUnavailable(exception));
}
