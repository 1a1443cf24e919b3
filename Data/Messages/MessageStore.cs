using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>
/// Reads and sends the messages in DynamoDB. A message and the heads of both members are written in one transaction, which
/// another writer's transaction makes begin anew: no message is lost, none shares its timestamp with another of its group,
/// and both heads always show the newest.
/// </summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Gives the time of sending.</param>
public sealed class MessageStore(IAmazonDynamoDB dynamoDb, MessageGroupStore groups, TimeProvider clock)
{
    private readonly GroupTurns _turns = new();

    /// <summary>A group's messages, the newest first.</summary>
    /// <param name="groupUuid">The group.</param>
    /// <param name="limit">The most messages to answer, 1 or more.</param>
    /// <param name="before">The <see cref="Page{T}.Next"/> of the page before; null for the newest page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<Page<Message>> ListAsync(Guid groupUuid, int limit, string? before, CancellationToken cancellationToken) =>
        dynamoDb.QueryNewestAsync(
            ItemKeys.Messages(groupUuid), limit, before, item => MessageMapper.FromItem(groupUuid, item), cancellationToken);

    /// <summary>Sends a message to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="sender">The member who sends.</param>
    /// <param name="receiver">The other member.</param>
    /// <param name="text">The message.</param>
    /// <param name="key">Tells a repeated request; null where each request is a new one.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    /// <returns>The message; where the request is a repeated one, the message it led to at first.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="MessageGroupBusyException">Others write to the group all the time.</exception>
    public async Task<Message> SendAsync(
        MessageGroup group, User sender, User receiver, string text, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        using var turn = await _turns.WaitAsync(group.Uuid, cancellationToken);
        if (turn.HasWaited)
        {
            group = await groups.FindAsync(group.Uuid, cancellationToken) ?? group;
        }

        var message = NewMessage(group.Uuid, sender, text);
        var backoff = new Backoff(clock);
        while (true)
        {
            message = message with { CreatedAt = Latest(message.CreatedAt, group.LastMessageAt.Next, Now()) };
            var transaction = SendTransaction.ToGroup(group, message, receiver, key);
            try
            {
                await dynamoDb.TransactAsync(transaction.Items, cancellationToken);
                return message;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(transaction.KeyIndex))
            {
                return await RepeatAsync(SentRequest.FromItem(cancelled.ItemAt(transaction.KeyIndex)!), key!, cancellationToken);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(SendTransaction.GroupIndex))
            {
                group = MessageGroupMapper.FromItem(cancelled.ItemAt(SendTransaction.GroupIndex)
                    ?? throw new InvalidOperationException($"Message group {group.Uuid} has been deleted.", cancelled));
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.WillPass())
            {
                // An item may have this timestamp already, such as the head of another group of the same member.
                message = message with { CreatedAt = message.CreatedAt.Next };
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }
    }

    /// <summary>Sends a message to a user: in the group that the two have, or else in a new one.</summary>
    /// <param name="sender">Who sends.</param>
    /// <param name="receiver">Who receives; another user than the sender.</param>
    /// <param name="text">The message.</param>
    /// <param name="key">Tells a repeated request; null where each request is a new one.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    /// <returns>The message; where the request is a repeated one, the message it led to at first.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="MessageGroupBusyException">Others write to the group all the time.</exception>
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

            var transaction = SendTransaction.ToNewGroup(members, message, receiver, key);
            try
            {
                await dynamoDb.TransactAsync(transaction.Items, cancellationToken);
                return message;
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(transaction.KeyIndex))
            {
                return await RepeatAsync(SentRequest.FromItem(cancelled.ItemAt(transaction.KeyIndex)!), key!, cancellationToken);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.WillPass())
            {
                // The other user has started the conversation at the same moment, or an item has this timestamp already.
                message = message with { CreatedAt = Latest(message.CreatedAt.Next, Now()) };
                await backoff.WaitAsync(cancelled, cancellationToken);
            }
        }
    }

    private static UtcTimestamp Latest(params ReadOnlySpan<UtcTimestamp> timestamps)
    {
        var latest = timestamps[0];
        foreach (var timestamp in timestamps)
        {
            latest = UtcTimestamp.Latest(latest, timestamp);
        }

        return latest;
    }

    private UtcTimestamp Now() => new(clock.GetUtcNow());

    private Message NewMessage(Guid groupUuid, User sender, string text) => new(Guid.NewGuid(), groupUuid, Now(), text, sender);

    private async Task<Message> RepeatAsync(SentRequest sent, IdempotencyKey key, CancellationToken cancellationToken)
    {
        if (sent.Fingerprint != key.Fingerprint)
        {
            throw new IdempotencyKeyReusedException();
        }

        var request = new GetItemRequest
        {
            TableName = MessagesTable.Name,
            Key = ItemKeys.Message(sent.GroupUuid, sent.MessageCreatedAt.ToString()),
            ConsistentRead = true,
        };
        var response = await dynamoDb.GetItemAsync(request, cancellationToken);
        return MessageMapper.FromItem(sent.GroupUuid, response.Item);
    }
}
