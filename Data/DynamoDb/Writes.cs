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

    /// <summary>Moves a group from one newest message to the next, unless another writer has changed it first.</summary>
    public static TransactWriteItem MoveGroup(MessageGroup from, MessageGroup to)
    {
        var update = new Update
        {
            TableName = MessagesTable.Name,
            Key = ItemKeys.Group(from.Uuid),
            // An earlier version of Cruddur moves the time and leaves the version as it is.
            ConditionExpression = "#at = :from AND attribute_not_exists(#version)",
            UpdateExpression = "SET #at = :to, #version = :toVersion",
            ExpressionAttributeNames = new() { ["#at"] = ItemAttributes.LastMessageAt, ["#version"] = ItemAttributes.Version },
            ExpressionAttributeValues = new()
            {
                [":from"] = new(from.LastMessageAt.ToString()),
                [":to"] = new(to.LastMessageAt.ToString()),
                [":toVersion"] = new(to.Version.ToString()),
            },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        if (from.Version is { } version)
        {
            update.ConditionExpression = "#at = :from AND #version = :fromVersion";
            update.ExpressionAttributeValues[":fromVersion"] = new(version.ToString());
        }

        return new() { Update = update };
    }

    /// <summary>Gives an existing group a new version, because its messages have changed.</summary>
    public static TransactWriteItem ChangeVersion(Guid groupUuid) => new()
    {
        Update = new()
        {
            TableName = MessagesTable.Name,
            Key = ItemKeys.Group(groupUuid),
            ConditionExpression = "attribute_exists(#pk)",
            UpdateExpression = "SET #version = :version",
            ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.PartitionKey, ["#version"] = ItemAttributes.Version },
            ExpressionAttributeValues = new() { [":version"] = new(Guid.NewGuid().ToString()) },
        },
    };

    /// <summary>Stores the group in which the members of an existing group continue.</summary>
    public static TransactWriteItem SetSuccessor(Guid groupUuid, Guid successorUuid)
    {
        var write = ChangeVersion(groupUuid);
        write.Update.UpdateExpression += ", #successor = :successor";
        write.Update.ExpressionAttributeNames["#successor"] = ItemAttributes.SuccessorUuid;
        write.Update.ExpressionAttributeValues[":successor"] = new(successorUuid.ToString());
        return write;
    }

    /// <summary>Marks an existing group before older messages are added to it.</summary>
    public static TransactWriteItem BeginImport(Guid groupUuid)
    {
        var write = ChangeVersion(groupUuid);
        write.Update.UpdateExpression += ", #importing = :importing";
        write.Update.ExpressionAttributeNames["#importing"] = ItemAttributes.IsImporting;
        write.Update.ExpressionAttributeValues[":importing"] = new() { BOOL = true };
        return write;
    }

    /// <summary>Removes the mark of <see cref="BeginImport"/>.</summary>
    public static TransactWriteItem EndImport(Guid groupUuid)
    {
        var write = ChangeVersion(groupUuid);
        write.Update.UpdateExpression += " REMOVE #importing";
        write.Update.ExpressionAttributeNames["#importing"] = ItemAttributes.IsImporting;
        return write;
    }

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
