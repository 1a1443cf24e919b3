using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.Paging;

namespace Cruddur.Data.DynamoDb;

/// <summary>Reads and writes items of <see cref="MessagesTable"/>. Reads are strongly consistent unless a member says otherwise.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="deadline">Ends calls that take too long.</param>
public sealed class MessagesTableClient(IAmazonDynamoDB dynamoDb, CallDeadline deadline)
{
    /// <summary>Checks that the table can be read.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    public Task PingAsync(CancellationToken cancellationToken) => GetAsync(ItemKeys.None, cancellationToken);

    /// <summary>An item; null if there is none.</summary>
    internal async Task<Dictionary<string, AttributeValue>?> GetAsync(
        Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = MessagesTable.Name, Key = key, ConsistentRead = true };
        var response = await deadline.RunAsync(token => dynamoDb.GetItemAsync(request, token), cancellationToken);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Executes all writes, or none if a condition fails.</summary>
    /// <exception cref="TransactionCanceledException">Nothing was written. There is a reason for each write.</exception>
    internal Task TransactAsync(List<TransactWriteItem> writes, CancellationToken cancellationToken)
    {
        var request = new TransactWriteItemsRequest { TransactItems = writes };
        return deadline.RunAsync(token => dynamoDb.TransactWriteItemsAsync(request, token), cancellationToken);
    }

    /// <summary>A page of a partition's items. Their positions are their sort keys.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="limit">The maximum number of items, 1 or more.</param>
    /// <param name="start">Where the page starts; null for the newest page.</param>
    /// <param name="map">Maps an item.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    internal async Task<Page<T>> QueryPageAsync<T>(
        string partitionKey,
        int limit,
        PageStart? start,
        Func<Dictionary<string, AttributeValue>, T> map,
        CancellationToken cancellationToken)
    {
        var isForward = start?.Direction is PageDirection.Newer;
        var request = PartitionQuery(partitionKey);
        request.ScanIndexForward = isForward;
        // One more item than requested tells whether there is another page.
        request.Limit = limit + 1;
        if (start is not null)
        {
            request.KeyConditionExpression += isForward ? " AND #sk > :start" : " AND #sk < :start";
            request.ExpressionAttributeNames["#sk"] = ItemAttributes.SortKey;
            request.ExpressionAttributeValues[":start"] = new(start.Position);
        }

        var items = (await QueryAsync(request, cancellationToken)).Items ?? [];
        var hasMore = items.Count > limit;
        var page = items.Take(limit).ToList();
        if (isForward)
        {
            page.Reverse();
        }

        // Before a page that goes forward, there is at least the item at its start.
        return new(
            page.ConvertAll(item => map(item)),
            Older: isForward || hasMore ? Position(page, ^1) ?? start?.Position : null,
            Newer: Position(page, 0) ?? start?.Position);
    }

    /// <summary>All items of a partition, in the order of their sort keys.</summary>
    internal IAsyncEnumerable<Dictionary<string, AttributeValue>> ReadPartitionAsync(
        string partitionKey, CancellationToken cancellationToken) =>
        QueryAllAsync(PartitionQuery(partitionKey), cancellationToken);

    /// <summary>The primary keys of a group's heads, from the index. It is eventually consistent.</summary>
    internal async Task<List<Dictionary<string, AttributeValue>>> QueryGroupIndexAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = MessagesTable.Name,
            IndexName = MessagesTable.GroupIndex,
            KeyConditionExpression = "#group = :group",
            ProjectionExpression = "#pk, #sk",
            ExpressionAttributeNames = new()
            {
                ["#group"] = ItemAttributes.MessageGroupUuid,
                ["#pk"] = ItemAttributes.PartitionKey,
                ["#sk"] = ItemAttributes.SortKey,
            },
            ExpressionAttributeValues = new() { [":group"] = new(groupUuid.ToString()) },
        };
        var keys = new List<Dictionary<string, AttributeValue>>();
        await foreach (var key in QueryAllAsync(request, cancellationToken))
        {
            keys.Add(key);
        }

        return keys;
    }

    /// <summary>A page of the group heads of all users, in no order, eventually consistent.</summary>
    /// <param name="start">The key at which the last page ended; null for the first page.</param>
    /// <param name="limit">The maximum number of heads, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    internal Task<ScanResponse> ScanGroupIndexAsync(
        Dictionary<string, AttributeValue>? start, int limit, CancellationToken cancellationToken)
    {
        var request = new ScanRequest
        {
            TableName = MessagesTable.Name, IndexName = MessagesTable.GroupIndex, ExclusiveStartKey = start, Limit = limit,
        };
        return deadline.RunAsync(token => dynamoDb.ScanAsync(request, token), cancellationToken);
    }

    /// <summary>Puts an item and replaces the one that has its key.</summary>
    internal Task PutAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = MessagesTable.Name, Item = item };
        return deadline.RunAsync(token => dynamoDb.PutItemAsync(request, token), cancellationToken);
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAllAsync(
        QueryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await QueryAsync(request, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private static QueryRequest PartitionQuery(string partitionKey) => new()
    {
        TableName = MessagesTable.Name,
        KeyConditionExpression = "#pk = :pk",
        ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.PartitionKey },
        ExpressionAttributeValues = new() { [":pk"] = new(partitionKey) },
        ConsistentRead = true,
    };

    private static string? Position(List<Dictionary<string, AttributeValue>> page, Index index) =>
        page.Count > 0 ? page[index].Text(ItemAttributes.SortKey) : null;

    private Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken) =>
        deadline.RunAsync(token => dynamoDb.QueryAsync(request, token), cancellationToken);
}
