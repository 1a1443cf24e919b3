using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.Messages;

/// <summary>Maps a <see cref="Message"/> to its item and back.</summary>
internal static class MessageMapper
{
    public static Dictionary<string, AttributeValue> ToItem(Message message)
    {
        var item = ItemKeys.Message(message.GroupUuid, message.CreatedAt.ToString());
        item[ItemAttributes.MessageUuid] = new(message.Uuid.ToString());
        item[ItemAttributes.Message] = new(message.Text);
        item.SetUser(message.Sender);
        return item;
    }

    public static Message FromItem(Guid groupUuid, Dictionary<string, AttributeValue> item) => new(
        item.Uuid(ItemAttributes.MessageUuid),
        groupUuid,
        item.Timestamp(ItemAttributes.SortKey),
        item.Text(ItemAttributes.Message),
        item.User());
}
