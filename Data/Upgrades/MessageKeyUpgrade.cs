using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Upgrades;

/// <summary>
/// Normalizes the sort keys of a conversation's messages. Keys with other offsets sort by their local time, and keys without a
/// fraction sort after those of the same second.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Times the delays between attempts.</param>
internal sealed class MessageKeyUpgrade(MessagesTableClient table, MessageGroupStore groups, TimeProvider clock)
{
    /// <summary>Reads all messages and moves those with other keys.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="cancellationToken">Cancels the work. The next call completes it.</param>
    /// <returns>How many messages were moved, and who wrote any of the messages.</returns>
    /// <exception cref="FormatException">A message cannot be read.</exception>
    public async Task<(int Moved, IReadOnlyDictionary<Guid, User> Senders)> RunAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var moved = 0;
        var senders = new Dictionary<Guid, User>();
        await foreach (var item in table.ReadPartitionAsync(ItemKeys.Messages(groupUuid), cancellationToken))
        {
            var sender = item.User();
            senders[sender.Uuid] = sender;
            var createdAt = item.Timestamp(ItemAttributes.SortKey);
            if (item.Text(ItemAttributes.SortKey) != createdAt.ToString() && await MoveAsync(groupUuid, item, createdAt, cancellationToken))
            {
                moved++;
            }
        }

        return (moved, senders);
    }

    /// <returns>Whether the message was moved; false if another run has moved it.</returns>
    private async Task<bool> MoveAsync(
        Guid groupUuid, Dictionary<string, AttributeValue> item, UtcTimestamp createdAt, CancellationToken cancellationToken)
    {
        var delete = Writes.DeleteExisting(ItemKeys.Message(groupUuid, item.Text(ItemAttributes.SortKey)));

        // A group of an earlier version is created after its messages have moved. Then it gets its first version.
        var group = await groups.FindAsync(groupUuid, cancellationToken);
        List<TransactWriteItem> change = group is null ? [] : [Writes.ChangeVersion(groupUuid)];
        var backoff = new Backoff(clock, Backoff.BatchTimeout);
        while (true)
        {
            var moved = new Dictionary<string, AttributeValue>(item) { [ItemAttributes.SortKey] = new(createdAt.ToString()) };
            try
            {
                await table.TransactAsync([delete, Writes.PutNew(moved), .. change], cancellationToken);
                return true;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(0))
            {
                return false;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(1))
            {
                createdAt = createdAt.Next;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.IsTransient())
            {
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }
    }
}
