using Cruddur.Data.DynamoDb;
using Cruddur.Data.Paging;

namespace Cruddur.Data.Messages;

/// <summary>
/// Adds messages to the past of conversations. The group and its heads know the newest message only, so these messages need no
/// transaction: a conversation is consistent after each of them.
/// </summary>
/// <param name="table">Reads the conversations.</param>
/// <param name="batches">Writes the messages.</param>
public sealed class MessageHistory(MessagesTableClient table, MessagesTableBatches batches)
{
    /// <summary>The maximum number of messages in one batch.</summary>
    public const int BatchSize = MessagesTableBatches.MaxItems;

    /// <summary>Less than the sort key of any message.</summary>
    private static readonly PageStart Beginning = new("0", PageDirection.Newer);

    /// <summary>The time of a group's oldest message.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The time; null if the group has no messages.</returns>
    public async Task<UtcTimestamp?> FindOldestAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var page = await table.QueryPageAsync(
            ItemKeys.Messages(groupUuid), 1, Beginning, item => item.Timestamp(ItemAttributes.SortKey), cancellationToken);
        return page.Items is [var oldest] ? oldest : null;
    }

    /// <summary>Adds messages.</summary>
    /// <param name="messages">
    /// Messages of any groups, at most <see cref="BatchSize"/>, each older than the oldest one in its group.
    /// </param>
    /// <param name="cancellationToken">Cancels the work. Some of the messages may be written.</param>
    public Task AddAsync(IEnumerable<Message> messages, CancellationToken cancellationToken) =>
        batches.PutAsync(messages.Select(MessageMapper.ToItem), cancellationToken);
}
