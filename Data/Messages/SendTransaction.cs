using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>The writes that sending one message takes, all or none of which happen.</summary>
/// <param name="Items">The writes, of which the group's comes first.</param>
/// <param name="KeyIndex">Where the idempotency key's write is; -1 where there is none.</param>
internal sealed record SendTransaction(List<TransactWriteItem> Items, int KeyIndex)
{
    /// <summary>Where the group's write is.</summary>
    public const int GroupIndex = 0;

    /// <summary>A message to a group: both heads move to it.</summary>
    public static SendTransaction ToGroup(MessageGroup group, Message message, User receiver, IdempotencyKey? key)
    {
        var lastMessageAt = group.LastMessageAt.ToString();
        return Compose(
            [
                Writes.MoveGroup(group.Uuid, group.LastMessageAt, message.CreatedAt),
                Writes.DeleteHead(ItemKeys.GroupHead(message.Sender.Uuid, lastMessageAt), group.Uuid),
                Writes.DeleteHead(ItemKeys.GroupHead(receiver.Uuid, lastMessageAt), group.Uuid),
            ],
            message,
            receiver,
            key);
    }

    /// <summary>The first message of two users.</summary>
    public static SendTransaction ToNewGroup(UserPair members, Message message, User receiver, IdempotencyKey? key) =>
        Compose(
            [
                Writes.PutNew(MessageGroupMapper.ToItem(new(message.GroupUuid, members, message.CreatedAt))),
                Writes.PutNew(PairMapper.ToItem(members, message.GroupUuid)),
            ],
            message,
            receiver,
            key);

    private static SendTransaction Compose(List<TransactWriteItem> writes, Message message, User receiver, IdempotencyKey? key)
    {
        writes.Add(Writes.PutNew(MessageMapper.ToItem(message)));
        writes.Add(PutHead(message, member: message.Sender.Uuid, other: receiver));
        writes.Add(PutHead(message, member: receiver.Uuid, other: message.Sender));
        if (key is null)
        {
            return new(writes, KeyIndex: -1);
        }

        writes.Add(SentRequest.Put(key, message));
        return new(writes, KeyIndex: writes.Count - 1);
    }

    private static TransactWriteItem PutHead(Message message, Guid member, User other) =>
        Writes.PutNew(MessageGroupHeadMapper.ToItem(member, new(message.GroupUuid, message.CreatedAt, message.Text, other)));
}
