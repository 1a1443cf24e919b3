using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Paging;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>
/// Reads and sends messages in DynamoDB. One transaction writes a message and the heads of both members; after a collision
/// with another writer it is repeated. No message is lost, no two messages of a group have the same timestamp, and both heads
/// always show the newest message.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="cache">The groups and pages that this process has read or written.</param>
/// <param name="announcements">The announcements of sent messages.</param>
/// <param name="clock">Gives the time of sending.</param>
public sealed class MessageStore(
    MessagesTableClient table,
    MessageGroupStore groups,
    ConversationCache cache,
    MessageAnnouncements announcements,
    TimeProvider clock)
{
    private readonly SentRequests _sentRequests = new(table);
    private readonly MessageWriter _writer = new(table, announcements);
    private readonly GroupCommit _commit = new(new(table, announcements), new(table), cache, clock);

    /// <summary>
    /// A group's messages, the newest first. If this process has read the page in the same state of the group, it is not read again.
    /// </summary>
    /// <param name="group">The group as it was read for this request.</param>
    /// <param name="limit">The maximum number of messages, 1 or more.</param>
    /// <param name="start">Where the page starts; null for the newest page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async ValueTask<Page<Message>> ListAsync(
        MessageGroup group, int limit, PageStart? start, CancellationToken cancellationToken)
    {
        if (cache.FindPage(group, limit, start) is { } known)
        {
            return known;
        }

        var page = await ListAsync(group.Uuid, limit, start, cancellationToken);
        cache.AddPage(group, limit, start, page);
        return page;
    }

    /// <summary>A group's messages, the newest first.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="limit">The maximum number of messages, 1 or more.</param>
    /// <param name="start">Where the page starts; null for the newest page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<Page<Message>> ListAsync(Guid groupUuid, int limit, PageStart? start, CancellationToken cancellationToken) =>
        table.QueryPageAsync(
            ItemKeys.Messages(groupUuid), limit, start, item => MessageMapper.FromItem(groupUuid, item), cancellationToken);

    /// <summary>Sends a message to a group.</summary>
    /// <param name="group">The group as it is known.</param>
    /// <param name="sender">The member who sends the message.</param>
    /// <param name="receiver">The other member.</param>
    /// <param name="text">The message.</param>
    /// <param name="key">Identifies a repeated request; null when every request is a new one.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    /// <returns>The message; for a repeated request, the message of the first one.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="MessageGroupBusyException">Other processes kept writing to the group.</exception>
    /// <exception cref="MessageGroupReplacedException">The group was deleted or replaced by another. Find it again.</exception>
    public Task<Message> SendAsync(
        MessageGroup group, User sender, User receiver, string text, IdempotencyKey? key, CancellationToken cancellationToken) =>
        _commit.SendAsync(group, new(NewMessage(group.Uuid, sender, text), receiver, key), cancellationToken);

    /// <summary>Sends a message to a user, in the group of the two users or in a new group.</summary>
    /// <param name="sender">The user who sends the message.</param>
    /// <param name="receiver">The user who receives it, not the sender.</param>
    /// <param name="text">The message.</param>
    /// <param name="key">Identifies a repeated request; null when every request is a new one.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    /// <returns>The message; for a repeated request, the message of the first one.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="MessageGroupBusyException">Other processes kept writing to the group.</exception>
    public async Task<Message> SendAsync(User sender, User receiver, string text, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var members = new UserPair(sender.Uuid, receiver.Uuid);
        var message = NewMessage(Guid.NewGuid(), sender, text);
        var backoff = new Backoff(clock);
        while (true)
        {
            if (await groups.FindKnownForPairAsync(members, cancellationToken) is { } group)
            {
                try
                {
                    return await SendAsync(group, sender, receiver, text, key, cancellationToken);
                }
                catch (MessageGroupReplacedException replaced)
                {
                    await backoff.WaitAsync(replaced, cancellationToken);
                    continue;
                }
            }

            message = message with { CreatedAt = UtcTimestamp.Latest(message.CreatedAt.Next, new(clock.GetUtcNow())) };
            var transaction = SendTransaction.ToNewGroup(members, new(message, receiver, key));
            try
            {
                await _writer.WriteAsync(transaction, cancellationToken);
                cache.AddForPair(transaction.After);
                return message;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(transaction.KeyIndexes[0]))
            {
                return await _sentRequests.RepeatAsync(cancelled.ItemAt(transaction.KeyIndexes[0])!, key!, cancellationToken);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.IsTransient())
            {
                // The other user has started the conversation at the same moment, or an item has this timestamp already.
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }
    }

    /// <summary>A message that gets its timestamp when it is written.</summary>
    private static Message NewMessage(Guid groupUuid, User sender, string text) => new(Guid.NewGuid(), groupUuid, default, text, sender);
}
