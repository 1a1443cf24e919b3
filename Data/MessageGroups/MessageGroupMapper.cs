using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.MessageGroups;

/// <summary>Maps a <see cref="MessageGroup"/> to its item and back.</summary>
internal static class MessageGroupMapper
{
    public static Dictionary<string, AttributeValue> ToItem(MessageGroup group)
    {
        var item = ItemKeys.Group(group.Uuid);
        item[ItemAttributes.GroupUuid] = new(group.Uuid.ToString());
        item[ItemAttributes.FirstMemberUuid] = new(group.Members.First.ToString());
        item[ItemAttributes.SecondMemberUuid] = new(group.Members.Second.ToString());
        item[ItemAttributes.LastMessageAt] = new(group.LastMessageAt.ToString());
        if (group.Version is { } version)
        {
            item[ItemAttributes.Version] = new(version.ToString());
        }

        if (group.SuccessorUuid is { } successor)
        {
            item[ItemAttributes.SuccessorUuid] = new(successor.ToString());
        }

        return item;
    }

    public static MessageGroup FromItem(Dictionary<string, AttributeValue> item) => new(
        item.Uuid(ItemAttributes.GroupUuid),
        new UserPair(item.Uuid(ItemAttributes.FirstMemberUuid), item.Uuid(ItemAttributes.SecondMemberUuid)),
        item.Timestamp(ItemAttributes.LastMessageAt))
    {
        Version = item.OptionalUuid(ItemAttributes.Version),
        IsImporting = item.ContainsKey(ItemAttributes.IsImporting),
        SuccessorUuid = item.OptionalUuid(ItemAttributes.SuccessorUuid),
    };
}
