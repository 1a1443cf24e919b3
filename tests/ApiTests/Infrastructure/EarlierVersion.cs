using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Writes items as earlier versions did, with timestamps in any offset and precision.</summary>
internal sealed class EarlierVersion(IAmazonDynamoDB dynamoDb)
{
    private const string Table = "cruddur-messages";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Puts a conversation into the lists of both members.</summary>
    public async Task PutHeadsAsync(Guid groupUuid, TestUser one, TestUser other, string lastMessageAt)
    {
        await PutHeadAsync(groupUuid, one, other, lastMessageAt);
        await PutHeadAsync(groupUuid, other, one, lastMessageAt);
    }

    /// <summary>Puts a conversation into the list of one member.</summary>
    public Task PutHeadAsync(Guid groupUuid, TestUser member, TestUser partner, string lastMessageAt) => PutAsync(
        $"GRP#{member.Uuid}",
        lastMessageAt,
        partner,
        new() { ["message_group_uuid"] = new($"{groupUuid}"), ["message"] = new("this is a filler message") });

    /// <summary>Removes a conversation from the list of one member.</summary>
    public Task DeleteHeadAsync(TestUser member, string lastMessageAt) =>
        dynamoDb.DeleteItemAsync(Table, new() { ["pk"] = new($"GRP#{member.Uuid}"), ["sk"] = new(lastMessageAt) }, Cancelled);

    /// <summary>Puts a message.</summary>
    public Task PutMessageAsync(Guid groupUuid, TestUser sender, string createdAt, string message) => PutAsync(
        $"MSG#{groupUuid}", createdAt, sender, new() { ["message_uuid"] = new($"{Guid.NewGuid()}"), ["message"] = new(message) });

    /// <summary>The sort keys of a partition.</summary>
    public async Task<string[]> SortKeysAsync(string partition)
    {
        var answer = await dynamoDb.QueryAsync(
            new()
            {
                TableName = Table,
                KeyConditionExpression = "pk = :pk",
                ExpressionAttributeValues = new() { [":pk"] = new(partition) },
                ConsistentRead = true,
            },
            Cancelled);
        return [.. answer.Items.Select(item => item["sk"].S)];
    }

    private async Task PutAsync(string pk, string sk, TestUser user, Dictionary<string, AttributeValue> item)
    {
        item["pk"] = new(pk);
        item["sk"] = new(sk);
        item["user_uuid"] = new($"{user.Uuid}");
        item["user_display_name"] = new(user.DisplayName);
        item["user_handle"] = new(user.Handle);
        await dynamoDb.PutItemAsync(Table, item, Cancelled);
    }
}
