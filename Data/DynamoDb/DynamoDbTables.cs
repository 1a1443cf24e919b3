using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>All tables of the account in the region.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="clock">Times the polling.</param>
public sealed class DynamoDbTables(IAmazonDynamoDB dynamoDb, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The names of all tables.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
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
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
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

    /// <summary>Deletes a table and its items, and waits until the table is deleted.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the table was deleted; false if there was none.</returns>
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
