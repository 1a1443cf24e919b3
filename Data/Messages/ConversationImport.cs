using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>
/// Writes a whole conversation of the past, such as a seed. Keys and uuids are the same in every run, so that a run continues an
/// interrupted one, and parallel runs write the same items. The group is there when the last line is.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Times the waits between attempts.</param>
public sealed class ConversationImport(MessagesTableClient table, MessageGroupStore groups, TimeProvider clock)
{
    /// <summary>The maximum number of writes in one transaction of DynamoDB.</summary>
    private const int MaxWrites = 100;

    /// <summary>The group, the pair and the two heads.</summary>
    private const int GroupWrites = 4;

    /// <summary>Writes the conversation, unless the two users have one already, which then stays as it is.</summary>
    /// <param name="groupUuid">The uuid of the new group.</param>
    /// <param name="one">One member.</param>
    /// <param name="other">The other member.</param>
    /// <param name="lines">What they say, the oldest line first; at least one.</param>
    /// <param name="start">When the first line was said.</param>
    /// <param name="spacing">The time between two lines.</param>
    /// <param name="cancellationToken">Cancels the work. The next call continues it.</param>
    /// <returns>How many messages were written; 0 if the users have a conversation.</returns>
    /// <exception cref="InvalidOperationException">The group belongs to other users.</exception>
    public async Task<int> ImportAsync(
        Guid groupUuid,
        User one,
        User other,
        IReadOnlyList<ConversationLine> lines,
        DateTimeOffset start,
        TimeSpan spacing,
        CancellationToken cancellationToken)
    {
        var members = new UserPair(one.Uuid, other.Uuid);
        var messages = lines
            .Select((line, i) =>
                new Message(DerivedUuid.Create(groupUuid, i), groupUuid, new(start + (spacing * i)), line.Text, line.Sender))
            .ToList();
        var backoff = new Backoff(clock, Backoff.BatchTimeout);
        while (await groups.FindForPairAsync(members, cancellationToken) is null)
        {
            if (await groups.FindAsync(groupUuid, cancellationToken) is { } group && group.Members != members)
            {
                throw new InvalidOperationException(
                    $"Message group {groupUuid} belongs to other users than {one.Handle} and {other.Handle}. "
                    + "Drop the table with `ddb drop`, or restore these users.");
            }

            try
            {
                await WriteAsync(new(groupUuid, members, messages[^1].CreatedAt), one, other, messages, cancellationToken);
                return messages.Count;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.IsTransient())
            {
                // Another run writes the same items at this moment.
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }

        return 0;
    }

    /// <summary>Writes the group with the last lines, in one transaction: readers see the whole conversation or nothing.</summary>
    private async Task WriteAsync(
        MessageGroup group, User one, User other, List<Message> messages, CancellationToken cancellationToken)
    {
        var early = Math.Max(0, messages.Count - (MaxWrites - GroupWrites));
        foreach (var chunk in messages.Take(early).Chunk(MaxWrites))
        {
            await table.TransactAsync([.. chunk.Select(Put)], cancellationToken);
        }

        var last = messages[^1];
        await table.TransactAsync(
            [
                Writes.PutNew(MessageGroupMapper.ToItem(group)),
                Writes.PutNew(PairMapper.ToItem(group.Members, group.Uuid)),
                Writes.PutNew(MessageGroupHeadMapper.ToItem(one.Uuid, new(group.Uuid, last.CreatedAt, last.Text, other))),
                Writes.PutNew(MessageGroupHeadMapper.ToItem(other.Uuid, new(group.Uuid, last.CreatedAt, last.Text, one))),
                .. messages.Skip(early).Select(Put),
            ],
            cancellationToken);
    }

    private static TransactWriteItem Put(Message message) => new()
    {
        Put = new() { TableName = MessagesTable.Name, Item = MessageMapper.ToItem(message) },
    };
}
