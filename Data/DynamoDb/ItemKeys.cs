using Amazon.DynamoDBv2.Model;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.DynamoDb;

/// <summary>
/// Primary keys of the items in <see cref="MessagesTable"/>. Uuids are written in lower case with hyphens.
/// </summary>
public static class ItemKeys
{
    // The sort key of items that are alone in their partition.
    private const string OnlyItem = "#";

    private const string GroupHeadPrefix = "GRP#";

    /// <summary>The key of no item: a read of it checks that the table is available.</summary>
    internal static Dictionary<string, AttributeValue> None => Key("NONE", OnlyItem);

    /// <summary>Key of the item that stores how far the upgrade of conversations has come.</summary>
    internal static Dictionary<string, AttributeValue> Upgrade => Key("UPGRADE#conversations", OnlyItem);

    /// <summary>Partition of a group's messages. The sort key is the time of sending.</summary>
    public static string Messages(Guid groupUuid) => $"MSG#{groupUuid}";

    /// <summary>Partition of a user's group heads. The sort key is the time of the group's newest message.</summary>
    public static string GroupHeads(Guid userUuid) => $"{GroupHeadPrefix}{userUuid}";

    /// <summary>Key of one message.</summary>
    internal static Dictionary<string, AttributeValue> Message(Guid groupUuid, string createdAt) => Key(Messages(groupUuid), createdAt);

    /// <summary>Key of one group head.</summary>
    internal static Dictionary<string, AttributeValue> GroupHead(Guid userUuid, string lastMessageAt) =>
        Key(GroupHeads(userUuid), lastMessageAt);

    /// <summary>The member in whose list a group head is.</summary>
    /// <exception cref="FormatException">The item is not a group head.</exception>
    internal static Guid MemberOfGroupHead(Dictionary<string, AttributeValue> item) =>
        item.Text(ItemAttributes.PartitionKey) is var partition
        && partition.StartsWith(GroupHeadPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(partition[GroupHeadPrefix.Length..], "D", out var member)
            ? member
            : throw new FormatException($"The partition key is not {GroupHeadPrefix} and a uuid.");

    /// <summary>Key of the item that has the members of a group and the time in the keys of its heads.</summary>
    internal static Dictionary<string, AttributeValue> Group(Guid groupUuid) => Key($"GROUP#{groupUuid}", OnlyItem);

    /// <summary>Key of the item that limits two users to one group.</summary>
    internal static Dictionary<string, AttributeValue> Pair(UserPair pair) => Key($"PAIR#{pair.First}#{pair.Second}", OnlyItem);

    /// <summary>Key of the item that stores the result of a sender's request with this idempotency key.</summary>
    internal static Dictionary<string, AttributeValue> SentRequest(Guid senderUuid, string idempotencyKey) =>
        Key($"SENT#{senderUuid}", idempotencyKey);

    private static Dictionary<string, AttributeValue> Key(string partitionKey, string sortKey) => new()
    {
        [ItemAttributes.PartitionKey] = new(partitionKey),
        [ItemAttributes.SortKey] = new(sortKey),
    };
}
