using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>Queries within one partition of <see cref="MessagesTable"/>, strongly consistent.</summary>
internal static class PartitionQueries
{
    /// <summary>A page of a partition's items.</summary>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="limit">The most items to answer, 1 or more.</param>
    /// <param name="before">A sort key: only items before it. Null begins at the newest.</param>
    /// <param name="map">Reads an item.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<Page<T>> QueryNewestAsync<T>(
        this IAmazonDynamoDB dynamoDb,
        string partitionKey,
        int limit,
        string? before,
        Func<Dictionary<string, AttributeValue>, T> map,
        CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = MessagesTable.Name,
            KeyConditionExpression = "#pk = :pk",
            ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.PartitionKey },
            ExpressionAttributeValues = new() { [":pk"] = new(partitionKey) },
            ScanIndexForward = false,
            ConsistentRead = true,
            // One more than asked for tells whether there is a next page.
            Limit = limit + 1,
        };
        if (before is not null)
        {
            request.KeyConditionExpression += " AND #sk < :before";
            request.ExpressionAttributeNames["#sk"] = ItemAttributes.SortKey;
            request.ExpressionAttributeValues[":before"] = new(before);
        }

        var items = (await dynamoDb.QueryAsync(request, cancellationToken)).Items ?? [];
        var page = items.Take(limit).ToList();
        return new(page.ConvertAll(item => map(item)), items.Count > limit ? page[^1].Text(ItemAttributes.SortKey) : null);
    }

    /// <summary>All items of a partition whose attribute has this value.</summary>
    public static async Task<List<Dictionary<string, AttributeValue>>> QueryAllAsync(
        this IAmazonDynamoDB dynamoDb, string partitionKey, string attribute, string value, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = MessagesTable.Name,
            KeyConditionExpression = "#pk = :pk",
            FilterExpression = "#attribute = :value",
            ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.PartitionKey, ["#attribute"] = attribute },
            ExpressionAttributeValues = new() { [":pk"] = new(partitionKey), [":value"] = new(value) },
            ConsistentRead = true,
        };

        var items = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var response = await dynamoDb.QueryAsync(request, cancellationToken);
            items.AddRange(response.Items ?? []);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return items;
    }
}
