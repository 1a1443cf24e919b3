using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Paging;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>
/// Reads and sends the messages in DynamoDB. A message and the heads of both members are written in one transaction, which
/// another writer's transaction makes begin anew: no message is lost, none shares its timestamp with another of its group,
/// and both heads always show the newest.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Gives the time of sending.</param>
public sealed class MessageStore(MessagesTableClient table, MessageGroupStore groups, TimeProvider clock)
{
    private readonly SentRequests _sentRequests = new(table);
    private readonly GroupCommit _commit = new(table, new(table), clock);

    /// <summary>A group's messages, the newest first.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="limit">The most messages to answer, 1 or more.</param>
    /// <param name="start">Where the page begins; null for the newest page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<Page<Message>> ListAsync(Guid groupUuid, int limit, PageStart? start, CancellationToken cancellationToken) =>
        table.QueryPageAsync(
            ItemKeys.Messages(groupUuid), limit, start, item => MessageMapper.FromItem(groupUuid, item), cancellationToken);

    /// <summary>Sends a message to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="sender">The member who sends.</param>
    /// <param name="receiver">The other member.</param>
    /// <param name="text">The message.</param>
    /// <param name="key">Tells a repeated request; null where each request is a new one.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    /// <returns>The message; where the request is a repeated one, the message it led to at first.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="MessageGroupBusyException">Other processes write to the group all the time.</exception>
    public Task<Message> SendAsync(
        MessageGroup group, User sender, User receiver, string text, IdempotencyKey? key, CancellationToken cancellationToken) =>
        _commit.SendAsync(group, new(NewMessage(group.Uuid, sender, text), receiver, key), cancellationToken);

    /// <summary>Sends a message to a user: in the group that the two have, or else in a new one.</summary>
    /// <param name="sender">Who sends.</param>
    /// <param name="receiver">Who receives; another user than the sender.</param>
    /// <param name="text">The message.</param>
    /// <param name="key">Tells a repeated request; null where each request is a new one.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    /// <returns>The message; where the request is a repeated one, the message it led to at first.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="MessageGroupBusyException">Other processes write to the group all the time.</exception>
    public async Task<Message> SendAsync(User sender, User receiver, string text, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var members = new UserPair(sender.Uuid, receiver.Uuid);
        var message = NewMessage(Guid.NewGuid(), sender, text);
        var backoff = new Backoff(clock);
        while (true)
        {
            if (await groups.FindForPairAsync(members, cancellationToken) is { } group)
            {
                return await SendAsync(group, sender, receiver, text, key, cancellationToken);
            }

            var transaction = SendTransaction.ToNewGroup(members, new(message, receiver, key));
            try
            {
                await table.TransactAsync(transaction.Items, cancellationToken);
                return message;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(transaction.KeyIndexes[0]))
            {
                return await _sentRequests.RepeatAsync(cancelled.ItemAt(transaction.KeyIndexes[0])!, key!, cancellationToken);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.WillPass())
            {
                // The other user has started the conversation at the same moment, or an item has this timestamp already.
                message = message with { CreatedAt = UtcTimestamp.Latest(message.CreatedAt.Next, new(clock.GetUtcNow())) };
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }
    }

    private Message NewMessage(Guid groupUuid, User sender, string text) =>
        new(Guid.NewGuid(), groupUuid, new(clock.GetUtcNow()), text, sender);
}
