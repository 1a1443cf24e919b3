using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.Paging;

namespace Cruddur.Data.Messages;

/// <summary>
/// Adds messages to the past of conversations. The group and its heads know the newest message only, so these messages need no
/// transaction: a conversation is consistent after each of them. Other processes do not cache the messages of a conversation from
/// the first batch on until <see cref="CompleteAsync"/>.
/// </summary>
/// <param name="table">Reads and marks the conversations.</param>
/// <param name="batches">Writes the messages.</param>
/// <param name="clock">Times the delays between attempts.</param>
public sealed class MessageHistory(MessagesTableClient table, MessagesTableBatches batches, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task>> _begun = new();

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
    public async Task AddAsync(IReadOnlyCollection<Message> messages, CancellationToken cancellationToken)
    {
        await Task.WhenAll(messages.Select(message => message.GroupUuid).Distinct().Select(groupUuid =>
            _begun.GetOrAdd(groupUuid, _ => new(() => WriteAsync(Writes.BeginImport(groupUuid), cancellationToken))).Value));
        await batches.PutAsync(messages.Select(MessageMapper.ToItem), cancellationToken);
    }

    /// <summary>Lets other processes cache the conversations again. Call it also after the work was cancelled.</summary>
    /// <param name="cancellationToken">Cancels the work. Conversations that are left are not cached until a later call.</param>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(_begun.Keys, cancellationToken, async (groupUuid, token) =>
            await WriteAsync(Writes.EndImport(groupUuid), token));
        _begun.Clear();
    }

    private async Task WriteAsync(TransactWriteItem write, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(clock, Backoff.BatchTimeout);
        while (true)
        {
            try
            {
                await table.TransactAsync([write], cancellationToken);
                return;
            }
            catch (TransactionCanceledException cancelled) when (!cancelled.ConditionFailedAt(0) && cancelled.IsTransient())
            {
                // Somebody sends a message to the group at this moment.
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }
    }
}
