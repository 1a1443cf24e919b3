using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.Data.Upgrades;

/// <summary>
/// Upgrades one conversation. Every write is conditional. If a concurrent writer changes the items, the upgrade reads them again.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Times the delays between attempts.</param>
internal sealed class GroupUpgrade(MessagesTableClient table, MessageGroupStore groups, TimeProvider clock)
{
    private readonly MessageKeyUpgrade _messageKeys = new(table, groups, clock);

    /// <summary>Upgrades the conversation if it needs that.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="cancellationToken">Cancels the work. The next call completes it.</param>
    /// <returns>Whether anything was changed, and how many messages got a normalized sort key.</returns>
    /// <exception cref="FormatException">The items cannot be read, or do not make a conversation of two users.</exception>
    public async Task<(bool IsChanged, int MovedMessages)> RunAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var (moved, senders) = await _messageKeys.RunAsync(groupUuid, cancellationToken);
        var isChanged = moved > 0;
        var backoff = new Backoff(clock, Backoff.BatchTimeout);
        while (await ReadAsync(groupUuid, cancellationToken) is { } conversation)
        {
            try
            {
                isChanged |= await DeleteStaleHeadsAsync(conversation.Heads, cancellationToken);
                if (conversation.IsBehind)
                {
                    await MoveAsync(conversation, senders, cancellationToken);
                    isChanged = true;
                }

                break;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.IsTransient())
            {
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }

        return (isChanged, moved);
    }

    /// <summary>
    /// Reads a conversation. Writers move the group and its heads forward in time only, so this order finds no difference where the
    /// conversation is up to date: the newest message is not newer than the group, and no head is older.
    /// </summary>
    /// <returns>The conversation; null if it has no heads.</returns>
    private async Task<StoredConversation?> ReadAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var headKeys = await table.QueryGroupIndexAsync(groupUuid, cancellationToken);
        var newest = await table.QueryPageAsync(
            ItemKeys.Messages(groupUuid), 1, start: null, item => MessageMapper.FromItem(groupUuid, item), cancellationToken);
        var group = await groups.FindAsync(groupUuid, cancellationToken);
        var heads = new List<StoredHead>();
        foreach (var key in headKeys)
        {
            // The index may contain heads that were deleted. The table does not.
            if (await table.GetAsync(key, cancellationToken) is { } item && MessageGroupHeadMapper.FromItem(item) is var head
                && head.GroupUuid == groupUuid)
            {
                heads.Add(new(ItemKeys.MemberOfGroupHead(item), item.Text(ItemAttributes.SortKey), head));
            }
        }

        return heads.Count == 0
            ? null
            : new(groupUuid, group?.Members ?? MembersOf(heads), group, heads, newest.Items.SingleOrDefault());
    }

    private static UserPair MembersOf(IReadOnlyList<StoredHead> heads)
    {
        if (heads.Any(head => head.Member == head.Head.Other.Uuid))
        {
            throw new FormatException("A user has a conversation with themselves.");
        }

        var pairs = heads.Select(head => new UserPair(head.Member, head.Head.Other.Uuid)).Distinct().ToList();
        return pairs is [var members] ? members : throw new FormatException("More than two users have heads of one conversation.");
    }

    /// <summary>Deletes all heads but the newest of each member, from the table and from the list.</summary>
    /// <returns>Whether any was deleted.</returns>
    private async Task<bool> DeleteStaleHeadsAsync(List<StoredHead> heads, CancellationToken cancellationToken)
    {
        var stale = heads
            .GroupBy(head => head.Member)
            .SelectMany(ofMember => ofMember.OrderByDescending(head => head.Head.LastMessageAt).Skip(1))
            .ToList();
        foreach (var head in stale)
        {
            await table.TransactAsync([head.Delete()], cancellationToken);
            heads.Remove(head);
        }

        return stale.Count > 0;
    }

    /// <summary>Moves the group and its heads to the newest message, and creates the group if it is missing.</summary>
    private async Task MoveAsync(
        StoredConversation conversation, IReadOnlyDictionary<Guid, User> senders, CancellationToken cancellationToken)
    {
        var (groupUuid, members, group, heads, newest) = conversation;
        var newestHead = heads.MaxBy(head => head.Head.LastMessageAt)!.Head;
        var (at, text) = newest is null ? (newestHead.LastMessageAt, newestHead.LastMessage) : (newest.CreatedAt, newest.Text);
        at = await FindFreeTimeAsync(members, groupUuid, at, cancellationToken);

        var writes = new List<TransactWriteItem>();
        if (group is null)
        {
            var (successor, claim) = await ClaimPairAsync(members, groupUuid, at, cancellationToken);
            writes.Add(Writes.PutNew(MessageGroupMapper.ToItem(new(groupUuid, members, at) { SuccessorUuid = successor })));
            writes.AddRange(claim);
        }
        else
        {
            writes.Add(Writes.MoveGroup(group, group.MovedTo(at)));
        }

        foreach (var member in new[] { members.First, members.Second })
        {
            var current = heads.SingleOrDefault(head => head.Member == member);
            if (current is not null && current.SortKey != at.ToString())
            {
                writes.Add(current.Delete());
            }

            // A head shows the other member.
            if ((current?.Head.Other ?? senders.GetValueOrDefault(members.OtherThan(member))) is { } other)
            {
                writes.Add(Writes.PutHead(MessageGroupHeadMapper.ToItem(member, new(groupUuid, at, text, other))));
            }
        }

        await table.TransactAsync(writes, cancellationToken);
    }

    /// <summary>The first time, at or after this one, at which neither member has a head of another group.</summary>
    private async Task<UtcTimestamp> FindFreeTimeAsync(
        UserPair members, Guid groupUuid, UtcTimestamp at, CancellationToken cancellationToken)
    {
        while (await IsTakenAsync(members.First, groupUuid, at, cancellationToken)
            || await IsTakenAsync(members.Second, groupUuid, at, cancellationToken))
        {
            at = at.Next;
        }

        return at;
    }

    private async Task<bool> IsTakenAsync(Guid member, Guid groupUuid, UtcTimestamp at, CancellationToken cancellationToken) =>
        await table.GetAsync(ItemKeys.GroupHead(member, at.ToString()), cancellationToken) is { } head
        && head.Uuid(ItemAttributes.MessageGroupUuid) != groupUuid;

    /// <summary>
    /// Two users could have several conversations. A message to a handle continues the one with the newest message, and the others
    /// name it as their successor, so that processes that remember one of them notice.
    /// </summary>
    /// <returns>The successor of the new group, and what to write to the pair and to its present group.</returns>
    private async Task<(Guid? Successor, IEnumerable<TransactWriteItem> Claim)> ClaimPairAsync(
        UserPair members, Guid groupUuid, UtcTimestamp lastMessageAt, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(ItemKeys.Pair(members), cancellationToken) is not { } pair)
        {
            return (null, [Writes.PutNew(PairMapper.ToItem(members, groupUuid))]);
        }

        var holder = pair.Uuid(ItemAttributes.GroupUuid);
        var claim = Writes.MovePair(members, holder, groupUuid);
        return await groups.FindAsync(holder, cancellationToken) switch
        {
            null => (null, [claim]),
            { } current when current.LastMessageAt >= lastMessageAt => (holder, []),
            _ => (null, [claim, Writes.SetSuccessor(holder, groupUuid)]),
        };
    }

    /// <summary>A conversation as it is stored, with the group if it has one.</summary>
    private sealed record StoredConversation(
        Guid GroupUuid, UserPair Members, MessageGroup? Group, List<StoredHead> Heads, Message? Newest)
    {
        public bool IsBehind => Group is null || Newest?.CreatedAt > Group.LastMessageAt;
    }

    /// <summary>A group head as it is stored; its sort key may be in the form of an earlier version.</summary>
    private sealed record StoredHead(Guid Member, string SortKey, MessageGroupHead Head)
    {
        public TransactWriteItem Delete() => Writes.DeleteHead(ItemKeys.GroupHead(Member, SortKey), Head.GroupUuid);
    }
}
