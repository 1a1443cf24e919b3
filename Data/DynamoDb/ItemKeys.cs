using Amazon.DynamoDBv2.Model;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.DynamoDb;

/// <summary>
/// Primary keys of the items in <see cref="MessagesTable"/>. Uuids are written in lower case with hyphens.
/// </summary>
public static class ItemKeys
{
    // Kinds of which a partition holds a single item still need a sort key.
    private const string OnlyItem = "#";

    private const string GroupHeadPrefix = "GRP#";

    /// <summary>Key of no item: reading it tells whether the table answers.</summary>
    internal static Dictionary<string, AttributeValue> None => Key("NONE", OnlyItem);

    /// <summary>Key of the item that stores how far the upgrade of conversations has come.</summary>
    internal static Dictionary<string, AttributeValue> Upgrade => Key("UPGRADE#conversations", OnlyItem);

    /// <summary>Partition of a group's messages; their sort key is when they were sent.</summary>
    public static string Messages(Guid groupUuid) => $"MSG#{groupUuid}";

    /// <summary>Partition of a user's group heads; their sort key is when the group's newest message was sent.</summary>
    public static string GroupHeads(Guid userUuid) => $"{GroupHeadPrefix}{userUuid}";

    /// <summary>Key of one message.</summary>
    internal static Dictionary<string, AttributeValue> Message(Guid groupUuid, string createdAt) => Key(Messages(groupUuid), createdAt);

    /// <summary>Key of one group head.</summary>
    internal static Dictionary<string, AttributeValue> GroupHead(Guid userUuid, string lastMessageAt) => Key(GroupHeads(userUuid), lastMessageAt);

    /// <summary>The member in whose list a group head is.</summary>
    /// <exception cref="FormatException">The item is not a group head.</exception>
    internal static Guid MemberOfGroupHead(Dictionary<string, AttributeValue> item) =>
        item.Text(ItemAttributes.PartitionKey) is var partition
        && partition.StartsWith(GroupHeadPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(partition[GroupHeadPrefix.Length..], "D", out var member)
            ? member
            : throw new FormatException($"The partition key is not {GroupHeadPrefix} and a uuid.");

    /// <summary>Key of the item that says who belongs to a group and where its heads are.</summary>
    internal static Dictionary<string, AttributeValue> Group(Guid groupUuid) => Key($"GROUP#{groupUuid}", OnlyItem);

    /// <summary>Key of the item that keeps a pair of users to a single group.</summary>
    internal static Dictionary<string, AttributeValue> Pair(UserPair pair) => Key($"PAIR#{pair.First}#{pair.Second}", OnlyItem);

    /// <summary>Key of the item that remembers what a sender's request with this idempotency key led to.</summary>
    internal static Dictionary<string, AttributeValue> SentRequest(Guid senderUuid, string idempotencyKey) =>
        Key($"SENT#{senderUuid}", idempotencyKey);

    private static Dictionary<string, AttributeValue> Key(string partitionKey, string sortKey) => new()
    {
        [ItemAttributes.PartitionKey] = new(partitionKey),
        [ItemAttributes.SortKey] = new(sortKey),
    };
}
