using Cruddur.Data.DynamoDb;
using Cruddur.Data.Paging;

namespace Cruddur.Data.MessageGroups;

/// <summary>Reads the message groups in DynamoDB.</summary>
/// <param name="table">The table.</param>
/// <param name="cache">The groups that this process has read or written.</param>
public sealed class MessageGroupStore(MessagesTableClient table, ConversationCache cache)
{
    /// <summary>A user's conversations, newest message first.</summary>
    /// <param name="userUuid">The user.</param>
    /// <param name="limit">The maximum number of conversations, 1 or more.</param>
    /// <param name="start">Where the page starts; null for the newest page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<Page<MessageGroupHead>> ListHeadsAsync(Guid userUuid, int limit, PageStart? start, CancellationToken cancellationToken) =>
        table.QueryPageAsync(ItemKeys.GroupHeads(userUuid), limit, start, MessageGroupHeadMapper.FromItem, cancellationToken);

    /// <summary>A message group, if the user is a member.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="userUuid">The user.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The group; null if there is no such group or the user is not a member.</returns>
    public async Task<MessageGroup?> FindForMemberAsync(Guid groupUuid, Guid userUuid, CancellationToken cancellationToken) =>
        await FindAsync(groupUuid, cancellationToken) is { } group && group.Members.Contains(userUuid) ? group : null;

    /// <summary>
    /// A message group as this process knows it, if the user is a member. If it is not known, it is read. Only for sending
    /// messages, which checks that the group is current.
    /// </summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="userUuid">The user.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The group; null if there is no such group or the user is not a member.</returns>
    public async ValueTask<MessageGroup?> FindKnownForMemberAsync(Guid groupUuid, Guid userUuid, CancellationToken cancellationToken) =>
        cache.FindGroup(groupUuid) is { } group && group.Members.Contains(userUuid)
            ? group
            : await FindForMemberAsync(groupUuid, userUuid, cancellationToken);

    /// <summary>The conversation of two users.</summary>
    /// <param name="members">The two users.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Their group; null if they have none.</returns>
    public async Task<MessageGroup?> FindForPairAsync(UserPair members, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(ItemKeys.Pair(members), cancellationToken) is not { } pair
            || await FindAsync(pair.Uuid(ItemAttributes.GroupUuid), cancellationToken) is not { } group)
        {
            return null;
        }

        cache.AddForPair(group);
        return group;
    }

    /// <summary>
    /// The conversation of two users as this process knows it. If it is not known, it is read. Only for sending messages, which
    /// checks that the group is current.
    /// </summary>
    /// <param name="members">The two users.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Their group; null if they have none.</returns>
    internal async ValueTask<MessageGroup?> FindKnownForPairAsync(UserPair members, CancellationToken cancellationToken) =>
        cache.FindGroup(members) ?? await FindForPairAsync(members, cancellationToken);

    /// <summary>A message group, for internal use: membership is not checked.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The group; null if there is no such group.</returns>
    internal async Task<MessageGroup?> FindAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(ItemKeys.Group(groupUuid), cancellationToken) is not { } item)
        {
            return null;
        }

        var group = MessageGroupMapper.FromItem(item);
        cache.Add(group);
        return group;
    }
}
