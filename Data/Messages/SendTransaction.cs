using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>The transaction that sends messages to one group.</summary>
/// <param name="After">The group after the transaction.</param>
/// <param name="Items">The writes. The group's write is the first.</param>
/// <param name="KeyIndexes">For each message, the index of the write of its idempotency key; -1 when it has no key.</param>
/// <param name="Announcements">Announce the messages once they may be written.</param>
internal sealed record SendTransaction(
    MessageGroup After,
    List<TransactWriteItem> Items,
    IReadOnlyList<int> KeyIndexes,
    IReadOnlyList<MessageAnnouncement> Announcements)
{
    /// <summary>The index of the group's write.</summary>
    public const int GroupIndex = 0;

    /// <summary>
    /// The most messages in one transaction. DynamoDB allows 100 writes, but a long transaction always loses the race for the
    /// group against the short transactions of another process.
    /// </summary>
    public const int MaxMessages = 10;

    /// <summary>Sends messages to a group, in the order of their times. Both heads move to the last message.</summary>
    public static SendTransaction ToGroup(MessageGroup group, IReadOnlyList<OutgoingMessage> messages)
    {
        var lastMessageAt = group.LastMessageAt.ToString();
        var moved = group.MovedTo(messages[^1].Message.CreatedAt);
        return Compose(
            moved,
            [
                Writes.MoveGroup(group, moved),
                Writes.DeleteHead(ItemKeys.GroupHead(group.Members.First, lastMessageAt), group.Uuid),
                Writes.DeleteHead(ItemKeys.GroupHead(group.Members.Second, lastMessageAt), group.Uuid),
            ],
            messages);
    }

    /// <summary>Sends the first message of two users and creates their group.</summary>
    public static SendTransaction ToNewGroup(UserPair members, OutgoingMessage first)
    {
        var group = new MessageGroup(first.Message.GroupUuid, members, first.Message.CreatedAt);
        return Compose(
            group,
            [
                Writes.PutNew(MessageGroupMapper.ToItem(group)),
                Writes.PutNew(PairMapper.ToItem(members, group.Uuid)),
            ],
            [first]);
    }

    private static SendTransaction Compose(
        MessageGroup after, List<TransactWriteItem> writes, IReadOnlyList<OutgoingMessage> messages)
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

        return new(
            after,
            writes,
            keyIndexes,
            [.. messages.Select(outgoing => new MessageAnnouncement(after.Uuid, after.Members, outgoing.Message.CreatedAt))]);
    }

    private static TransactWriteItem PutHead(Message message, Guid member, User other) =>
        Writes.PutNew(MessageGroupHeadMapper.ToItem(member, new(message.GroupUuid, message.CreatedAt, message.Text, other)));
}
