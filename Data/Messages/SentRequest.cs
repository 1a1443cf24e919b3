using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.Messages;

/// <summary>The message that a request with an idempotency key has sent.</summary>
/// <param name="Fingerprint">The fingerprint of the request.</param>
/// <param name="GroupUuid">The message's group.</param>
/// <param name="MessageCreatedAt">The timestamp of the message, which is its sort key.</param>
internal sealed record SentRequest(string Fingerprint, Guid GroupUuid, UtcTimestamp MessageCreatedAt)
{
    /// <summary>Stores a request, unless a request with this key is stored already.</summary>
    public static TransactWriteItem Put(IdempotencyKey key, Message message)
    {
        var item = ItemKeys.SentRequest(message.Sender.Uuid, key.Value);
        item[ItemAttributes.Fingerprint] = new(key.Fingerprint);
        item[ItemAttributes.GroupUuid] = new(message.GroupUuid.ToString());
        item[ItemAttributes.MessageCreatedAt] = new(message.CreatedAt.ToString());
        item[ItemAttributes.ExpiresAt] = new()
        {
            N = (message.CreatedAt.ToDateTimeOffset() + IdempotencyKey.Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        return Writes.PutNew(item);
    }

    public static SentRequest FromItem(Dictionary<string, AttributeValue> item) => new(
        item.Text(ItemAttributes.Fingerprint),
        item.Uuid(ItemAttributes.GroupUuid),
        item.Timestamp(ItemAttributes.MessageCreatedAt));
}
