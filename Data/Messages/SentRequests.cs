using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.Messages;

/// <summary>Answers repeated requests.</summary>
/// <param name="table">The table.</param>
internal sealed class SentRequests(MessagesTableClient table)
{
    /// <summary>The message that a request led to at first.</summary>
    /// <param name="item">The memory of the request.</param>
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
        return MessageMapper.FromItem(sent.GroupUuid, message ?? throw new InvalidOperationException("A message was deleted before its request was forgotten."));
    }
}
