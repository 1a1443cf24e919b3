using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.MessageGroups;

/// <summary>Maps a <see cref="MessageGroupHead"/> to its item and back.</summary>
internal static class MessageGroupHeadMapper
{
    public static Dictionary<string, AttributeValue> ToItem(Guid memberUuid, MessageGroupHead head)
    {
        var item = ItemKeys.GroupHead(memberUuid, head.LastMessageAt.ToString());
        item[ItemAttributes.MessageGroupUuid] = new(head.GroupUuid.ToString());
        item[ItemAttributes.Message] = new(head.LastMessage);
        item.SetUser(head.Other);
        return item;
    }

    public static MessageGroupHead FromItem(Dictionary<string, AttributeValue> item) => new(
        item.Uuid(ItemAttributes.MessageGroupUuid),
        item.Timestamp(ItemAttributes.SortKey),
        item.Text(ItemAttributes.Message),
        item.User());
}
