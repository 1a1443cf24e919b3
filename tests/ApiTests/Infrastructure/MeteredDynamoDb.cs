using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>A client of DynamoDB that counts what its queries cost.</summary>
public sealed class MeteredDynamoDb(Uri address)
    : AmazonDynamoDBClient("local", "local", new AmazonDynamoDBConfig { ServiceURL = address.ToString(), AuthenticationRegion = "us-east-1" })
{
    /// <summary>The read capacity units of all queries so far.</summary>
    public double CapacityUnits { get; private set; }

    /// <inheritdoc />
    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var answer = await base.QueryAsync(request, cancellationToken);
        CapacityUnits += answer.ConsumedCapacity.CapacityUnits ?? 0;
        return answer;
    }
}
