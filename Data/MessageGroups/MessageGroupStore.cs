using Cruddur.Data.DynamoDb;
using Cruddur.Data.Paging;

namespace Cruddur.Data.MessageGroups;

/// <summary>Reads the message groups in DynamoDB.</summary>
/// <param name="table">The table.</param>
public sealed class MessageGroupStore(MessagesTableClient table)
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

    /// <summary>The conversation of two users.</summary>
    /// <param name="members">The two users.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Their group; null if they have none.</returns>
    public async Task<MessageGroup?> FindForPairAsync(UserPair members, CancellationToken cancellationToken) =>
        await table.GetAsync(ItemKeys.Pair(members), cancellationToken) is { } pair
            ? await FindAsync(pair.Uuid(ItemAttributes.GroupUuid), cancellationToken)
            : null;

    /// <summary>A message group, for internal use: membership is not checked.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The group; null if there is no such group.</returns>
    internal async Task<MessageGroup?> FindAsync(Guid groupUuid, CancellationToken cancellationToken) =>
        await table.GetAsync(ItemKeys.Group(groupUuid), cancellationToken) is { } item ? MessageGroupMapper.FromItem(item) : null;
}
