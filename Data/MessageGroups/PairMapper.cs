using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.MessageGroups;

/// <summary>
/// Maps the item that limits two users to one conversation. DynamoDB enforces uniqueness of primary keys only, so the pair is
/// a primary key.
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
