using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.DynamoDb;

/// <summary>The conditional writes of transactions.</summary>
internal static class Writes
{
    private const string HeadIsFreeOrOfGroup = "attribute_not_exists(#pk) OR #group = :group";

    /// <summary>Puts an item, if its key is free.</summary>
    public static TransactWriteItem PutNew(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new()
        {
            TableName = MessagesTable.Name,
            Item = item,
            ConditionExpression = "attribute_not_exists(#pk)",
            ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.PartitionKey },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    /// <summary>Deletes an item, if it exists.</summary>
    public static TransactWriteItem DeleteExisting(Dictionary<string, AttributeValue> key) => new()
    {
        Delete = new()
        {
            TableName = MessagesTable.Name,
            Key = key,
            ConditionExpression = "attribute_exists(#pk)",
            ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.PartitionKey },
        },
    };

    /// <summary>Puts a group head, unless the key belongs to the head of another group.</summary>
    public static TransactWriteItem PutHead(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new()
        {
            TableName = MessagesTable.Name,
            Item = item,
            ConditionExpression = HeadIsFreeOrOfGroup,
            ExpressionAttributeNames = HeadNames(),
            ExpressionAttributeValues = new() { [":group"] = item[ItemAttributes.MessageGroupUuid] },
        },
    };

    /// <summary>Deletes a group head, unless the key belongs to the head of another group.</summary>
    public static TransactWriteItem DeleteHead(Dictionary<string, AttributeValue> key, Guid groupUuid) => new()
    {
        Delete = new()
        {
            TableName = MessagesTable.Name,
            Key = key,
            ConditionExpression = HeadIsFreeOrOfGroup,
            ExpressionAttributeNames = HeadNames(),
            ExpressionAttributeValues = new() { [":group"] = new(groupUuid.ToString()) },
        },
    };

    /// <summary>Moves a group from one newest message to the next, unless another writer has moved it first.</summary>
    public static TransactWriteItem MoveGroup(Guid groupUuid, UtcTimestamp from, UtcTimestamp to) => new()
    {
        Update = new()
        {
            TableName = MessagesTable.Name,
            Key = ItemKeys.Group(groupUuid),
            ConditionExpression = "#at = :from",
            UpdateExpression = "SET #at = :to",
            ExpressionAttributeNames = new() { ["#at"] = ItemAttributes.LastMessageAt },
            ExpressionAttributeValues = new() { [":from"] = new(from.ToString()), [":to"] = new(to.ToString()) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    /// <summary>Moves a pair from one of its groups to another, unless another writer has moved it first.</summary>
    public static TransactWriteItem MovePair(UserPair members, Guid from, Guid to) => new()
    {
        Update = new()
        {
            TableName = MessagesTable.Name,
            Key = ItemKeys.Pair(members),
            ConditionExpression = "#group = :from",
            UpdateExpression = "SET #group = :to",
            ExpressionAttributeNames = new() { ["#group"] = ItemAttributes.GroupUuid },
            ExpressionAttributeValues = new() { [":from"] = new(from.ToString()), [":to"] = new(to.ToString()) },
        },
    };

    private static Dictionary<string, string> HeadNames() => new()
    {
        ["#pk"] = ItemAttributes.PartitionKey,
        ["#group"] = ItemAttributes.MessageGroupUuid,
    };
}
