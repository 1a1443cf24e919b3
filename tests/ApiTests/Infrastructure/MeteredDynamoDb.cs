using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>A client of DynamoDB Local. Tests derive clients that observe or disturb the calls.</summary>
public abstract class LocalDynamoDb(Uri address) : AmazonDynamoDBClient(
    "local", "local", new AmazonDynamoDBConfig { ServiceURL = address.ToString(), AuthenticationRegion = "us-east-1" });

/// <summary>A client of DynamoDB that counts what its reads cost.</summary>
public sealed class MeteredDynamoDb(Uri address) : LocalDynamoDb(address)
{
    /// <summary>The number of reads so far.</summary>
    public int Reads { get; private set; }

    /// <summary>The read capacity units of all reads so far.</summary>
    public double CapacityUnits { get; private set; }

    /// <inheritdoc />
    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var answer = await base.GetItemAsync(request, cancellationToken);
        Count(answer.ConsumedCapacity);
        return answer;
    }

    /// <inheritdoc />
    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var answer = await base.QueryAsync(request, cancellationToken);
        Count(answer.ConsumedCapacity);
        return answer;
    }

    private void Count(ConsumedCapacity consumed)
    {
        Reads++;
        CapacityUnits += consumed.CapacityUnits ?? 0;
    }
}
