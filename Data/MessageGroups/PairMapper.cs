using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.MessageGroups;

/// <summary>
/// Maps the item that keeps two users to one conversation: a uniqueness constraint, which DynamoDB enforces on primary keys
/// alone, so the pair is a primary key.
/// </summary>
internal static class PairMapper
{
    public static Dictionary<string, AttributeValue> ToItem(UserPair members, Guid groupUuid)
    {
        var item = ItemKeys.Pair(members);
        item[ItemAttributes.GroupUuid] = new(groupUuid.ToString());
        return item;
    }
}
