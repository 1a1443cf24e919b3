using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Cruddur.Seeder.Steps;
using Npgsql;

namespace Cruddur.UnitTests.Seeder;

public sealed class FailureReasonTests
{
    [Fact]
    public void An_unreachable_server_is_named_with_the_setting_of_its_address()
    {
        var refused = new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused));
        var reason = FailureReason.Explain(SeederServer.Postgres, refused);

        Assert.Contains("Postgres does not respond", reason, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__cruddur", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Postgres_is_named_in_a_step_that_mainly_works_on_another_server()
    {
        var refused = new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused));

        Assert.Contains("Postgres does not respond", FailureReason.Explain(SeederServer.Cognito, refused), StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_a_service_is_included()
    {
        var denied = new AmazonServiceException("You may not.") { ErrorCode = "AccessDeniedException" };
        Assert.Equal("DynamoDB reports AccessDeniedException: You may not.", FailureReason.Explain(SeederServer.DynamoDb, denied));
    }

    [Fact]
    public void Throttling_is_described_with_advice()
    {
        var throttled = new ProvisionedThroughputExceededException("Too fast.") { ErrorCode = "ProvisionedThroughputExceededException" };
        Assert.Contains("Run this again", FailureReason.Explain(SeederServer.DynamoDb, throttled), StringComparison.Ordinal);
    }

    [Fact]
    public void Handles_that_differ_in_case_are_described()
    {
        var duplicate = new PostgresException(
            "could not create unique index",
            "ERROR",
            "ERROR",
            PostgresErrorCodes.UniqueViolation,
            constraintName: "users_lower_handle_key");
        Assert.Contains("differ in case only", FailureReason.Explain(SeederServer.Postgres, duplicate), StringComparison.Ordinal);
    }
}
