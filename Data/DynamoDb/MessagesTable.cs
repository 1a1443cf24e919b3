using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>The name and the definition of the DynamoDB table with all conversations.</summary>
public static class MessagesTable
{
    /// <summary>The table's name.</summary>
    public const string Name = "cruddur-messages";

    /// <summary>The global secondary index that finds the heads of a message group.</summary>
    public const string GroupIndex = "message-group-sk-index";

    /// <summary>The attribute for DynamoDB's Time to Live: when an item expires, in seconds since 1970.</summary>
    public const string TimeToLiveAttribute = ItemAttributes.ExpiresAt;

    private const int CapacityUnits = 5;

    /// <summary>The request that creates the table.</summary>
    public static CreateTableRequest Definition() => new()
    {
        TableName = Name,
        AttributeDefinitions =
        [
            new(ItemAttributes.MessageGroupUuid, ScalarAttributeType.S),
            new(ItemAttributes.PartitionKey, ScalarAttributeType.S),
            new(ItemAttributes.SortKey, ScalarAttributeType.S),
        ],
        KeySchema =
        [
            new(ItemAttributes.PartitionKey, KeyType.HASH),
            new(ItemAttributes.SortKey, KeyType.RANGE),
        ],
        BillingMode = BillingMode.PROVISIONED,
        ProvisionedThroughput = new(CapacityUnits, CapacityUnits),
        GlobalSecondaryIndexes =
        [
            new()
            {
                IndexName = GroupIndex,
                KeySchema =
                [
                    new(ItemAttributes.MessageGroupUuid, KeyType.HASH),
                    new(ItemAttributes.SortKey, KeyType.RANGE),
                ],
                Projection = new() { ProjectionType = ProjectionType.ALL },
                ProvisionedThroughput = new(CapacityUnits, CapacityUnits),
            },
        ],
    };
}
