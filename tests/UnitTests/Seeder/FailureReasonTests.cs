using System.Net.Sockets;
using Amazon.Runtime;
using Cruddur.Seeder.Steps;
using Npgsql;

namespace Cruddur.UnitTests.Seeder;

public sealed class FailureReasonTests
{
    [Fact]
    public void A_server_that_does_not_answer_is_named_with_the_setting_of_its_address()
    {
        var refused = new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused));
        var reason = FailureReason.Explain(SeederServer.Postgres, refused);

        Assert.Contains("Postgres does not answer", reason, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__cruddur", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_service_answers_is_told()
    {
        var denied = new AmazonServiceException("You may not.") { ErrorCode = "AccessDeniedException" };
        Assert.Equal("DynamoDB answers AccessDeniedException: You may not.", FailureReason.Explain(SeederServer.DynamoDb, denied));
    }
}
