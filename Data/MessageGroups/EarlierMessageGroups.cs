using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.Messages;

namespace Cruddur.Data.MessageGroups;

/// <summary>
/// Takes over message groups that the scripts before this version have written: group heads and messages, but no item
/// that says who belongs to the group. Their heads may be stale, doubled or dated in the writer's own offset.
/// </summary>
/// <param name="table">The table.</param>
public sealed class EarlierMessageGroups(MessagesTableClient table)
{
    /// <summary>Takes over a group that has a head in the user's list.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="userUuid">The user.</param>
    /// <param name="cancellationToken">Stops the work; what was not finished is done again at the next call.</param>
    /// <returns>The group; null where the user's list has no such group.</returns>
    internal async Task<MessageGroup?> TakeOverAsync(Guid groupUuid, Guid userUuid, CancellationToken cancellationToken)
    {
        var heads = await HeadsAsync(userUuid, groupUuid, cancellationToken);
        return heads.Count > 0 && Newest(heads).Other.Uuid is var other && other != userUuid
            ? await TakeOverAsync(groupUuid, new UserPair(userUuid, other), cancellationToken)
            : null;
    }

    /// <summary>Takes over the newest group of two users.</summary>
    /// <param name="members">The two users.</param>
    /// <param name="cancellationToken">Stops the work; what was not finished is done again at the next call.</param>
    /// <returns>The group; null where they have none.</returns>
    internal async Task<MessageGroup?> TakeOverAsync(UserPair members, CancellationToken cancellationToken)
    {
        var heads = await table.QueryAllAsync(
            ItemKeys.GroupHeads(members.First), ItemAttributes.UserUuid, members.Second.ToString(), cancellationToken);
        return heads.Count > 0 ? await TakeOverAsync(Newest(heads).GroupUuid, members, cancellationToken) : null;
    }

    private async Task<MessageGroup> TakeOverAsync(Guid groupUuid, UserPair members, CancellationToken cancellationToken)
    {
        var firstHeads = await HeadsAsync(members.First, groupUuid, cancellationToken);
        var secondHeads = await HeadsAsync(members.Second, groupUuid, cancellationToken);
        var heads = firstHeads.Concat(secondHeads).Select(MessageGroupHeadMapper.FromItem).ToList();

        var messages = await table.QueryPageAsync(
            ItemKeys.Messages(groupUuid), 1, start: null, item => MessageMapper.FromItem(groupUuid, item), cancellationToken);
        var (lastMessageAt, lastMessage) = messages.Items is [var message]
            ? (message.CreatedAt, message.Text)
            : heads.MaxBy(head => head.LastMessageAt) is { } newest ? (newest.LastMessageAt, newest.LastMessage) : default;

        var group = new MessageGroup(groupUuid, members, lastMessageAt);
        var writes = new List<TransactWriteItem> { Writes.PutNew(MessageGroupMapper.ToItem(group)) };
        foreach (var (member, items) in new[] { (members.First, firstHeads), (members.Second, secondHeads) })
        {
            // Each head shows the other member: take the name from this member's own old head, or from nowhere if it has none.
            if (items.Count > 0)
            {
                var head = Newest(items) with { LastMessageAt = lastMessageAt, LastMessage = lastMessage };
                var moved = MessageGroupHeadMapper.ToItem(member, head);
                writes.Add(Writes.PutHead(moved));
                writes.AddRange(items
                    .Where(item => item.Text(ItemAttributes.SortKey) != moved.Text(ItemAttributes.SortKey))
                    .Select(item => Writes.DeleteHead(ItemKeys.GroupHead(member, item.Text(ItemAttributes.SortKey)), groupUuid)));
            }
        }

        try
        {
            await table.TransactAsync([.. writes, Writes.PutNew(PairMapper.ToItem(members, groupUuid))], cancellationToken);
        }
        catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(writes.Count) && !cancelled.ConditionFailedAt(0))
        {
            // Two users could have several groups. One of them continues under their names, the others by their ids.
            await table.TransactAsync(writes, cancellationToken);
        }
        catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(0))
        {
            return MessageGroupMapper.FromItem(cancelled.ItemAt(0)!);
        }

        return group;
    }

    private static MessageGroupHead Newest(IEnumerable<Dictionary<string, AttributeValue>> heads) =>
        heads.Select(MessageGroupHeadMapper.FromItem).MaxBy(head => head.LastMessageAt)!;

    private Task<List<Dictionary<string, AttributeValue>>> HeadsAsync(Guid userUuid, Guid groupUuid, CancellationToken cancellationToken) =>
        table.QueryAllAsync(
            ItemKeys.GroupHeads(userUuid), ItemAttributes.MessageGroupUuid, groupUuid.ToString(), cancellationToken);
}
