using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>The writes that sending messages to one group takes, all or none of which happen.</summary>
/// <param name="Items">The writes, of which the group's comes first.</param>
/// <param name="KeyIndexes">Where the write of each message's idempotency key is; -1 where there is none.</param>
internal sealed record SendTransaction(List<TransactWriteItem> Items, IReadOnlyList<int> KeyIndexes)
{
    /// <summary>Where the group's write is.</summary>
    public const int GroupIndex = 0;

    /// <summary>
    /// The most messages in one transaction. DynamoDB allows 100 writes, but a long transaction loses the race for the group
    /// against the short ones of another process every time.
    /// </summary>
    public const int MostMessages = 10;

    /// <summary>Messages to a group, in the order of their times: both heads move to the last.</summary>
    public static SendTransaction ToGroup(MessageGroup group, IReadOnlyList<OutgoingMessage> messages)
    {
        var lastMessageAt = group.LastMessageAt.ToString();
        return Compose(
            [
                Writes.MoveGroup(group.Uuid, group.LastMessageAt, messages[^1].Message.CreatedAt),
                Writes.DeleteHead(ItemKeys.GroupHead(group.Members.First, lastMessageAt), group.Uuid),
                Writes.DeleteHead(ItemKeys.GroupHead(group.Members.Second, lastMessageAt), group.Uuid),
            ],
            messages);
    }

    /// <summary>The first message of two users.</summary>
    public static SendTransaction ToNewGroup(UserPair members, OutgoingMessage first) =>
        Compose(
            [
                Writes.PutNew(MessageGroupMapper.ToItem(new(first.Message.GroupUuid, members, first.Message.CreatedAt))),
                Writes.PutNew(PairMapper.ToItem(members, first.Message.GroupUuid)),
            ],
            [first]);

    private static SendTransaction Compose(List<TransactWriteItem> writes, IReadOnlyList<OutgoingMessage> messages)
    {
        var last = messages[^1];
        writes.Add(PutHead(last.Message, member: last.Message.Sender.Uuid, other: last.Receiver));
        writes.Add(PutHead(last.Message, member: last.Receiver.Uuid, other: last.Message.Sender));

        var keyIndexes = new List<int>();
        foreach (var (message, _, key) in messages)
        {
            writes.Add(Writes.PutNew(MessageMapper.ToItem(message)));
            keyIndexes.Add(key is null ? -1 : writes.Count);
            if (key is not null)
            {
                writes.Add(SentRequest.Put(key, message));
            }
        }

        return new(writes, keyIndexes);
    }

    private static TransactWriteItem PutHead(Message message, Guid member, User other) =>
        Writes.PutNew(MessageGroupHeadMapper.ToItem(member, new(message.GroupUuid, message.CreatedAt, message.Text, other)));
}
