using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.Messages;

/// <summary>Finds the messages of repeated requests.</summary>
/// <param name="table">The table.</param>
internal sealed class SentRequests(MessagesTableClient table)
{
    /// <summary>The message that the first request with this key has sent.</summary>
    /// <param name="item">The item of the first request.</param>
    /// <param name="key">The key of the repeated request.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="IdempotencyKeyReusedException">This is another request with the same key.</exception>
    public async Task<Message> RepeatAsync(
        Dictionary<string, AttributeValue> item, IdempotencyKey key, CancellationToken cancellationToken)
    {
        var sent = SentRequest.FromItem(item);
        if (sent.Fingerprint != key.Fingerprint)
        {
            throw new IdempotencyKeyReusedException();
        }

        var message = await table.GetAsync(ItemKeys.Message(sent.GroupUuid, sent.MessageCreatedAt.ToString()), cancellationToken);
        return MessageMapper.FromItem(
            sent.GroupUuid, message ?? throw new InvalidOperationException("The message of a stored request has been deleted."));
    }
}
