using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>The tables of the account and region, whatever is in them.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="clock">The clock to wait by.</param>
public sealed class DynamoDbTables(IAmazonDynamoDB dynamoDb, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The names of all tables.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListTablesRequest();
        do
        {
            var page = await dynamoDb.ListTablesAsync(request, cancellationToken);
            foreach (var name in page.TableNames ?? [])
            {
                yield return name;
            }

            request.ExclusiveStartTableName = page.LastEvaluatedTableName;
        }
        while (!string.IsNullOrEmpty(request.ExclusiveStartTableName));
    }

    /// <summary>All items of a table, in no order.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var page = await dynamoDb.ScanAsync(request, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Drops a table with all that is in it, and waits until it is gone.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Whether the table was dropped; false where there was none.</returns>
    public async Task<bool> DropAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.DeleteTableAsync(table, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            return false;
        }

        while (true)
        {
            try
            {
                await dynamoDb.DescribeTableAsync(table, cancellationToken);
            }
            catch (ResourceNotFoundException)
            {
                return true;
            }

            await Task.Delay(PollInterval, clock, cancellationToken);
        }
    }
}
