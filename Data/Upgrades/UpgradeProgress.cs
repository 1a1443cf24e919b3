using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.Upgrades;

/// <summary>
/// Stores how far the upgrade has come in an item of the table. An interrupted run continues there, and a completed one is
/// recognized with a single read.
/// </summary>
/// <param name="table">The table.</param>
internal sealed class UpgradeProgress(MessagesTableClient table)
{
    /// <summary>Whether a run has completed and none has started since.</summary>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken) =>
        await table.GetAsync(ItemKeys.Upgrade, cancellationToken) is { } item && item.ContainsKey(ItemAttributes.CompletedAt);

    /// <summary>The key in the index where an interrupted run continues; null for the start of the index.</summary>
    public async Task<Dictionary<string, AttributeValue>?> ReadPositionAsync(CancellationToken cancellationToken) =>
        (await table.GetAsync(ItemKeys.Upgrade, cancellationToken))?.GetValueOrDefault(ItemAttributes.Position) is { S: var json }
            ? Document.FromJson(json).ToAttributeMap()
            : null;

    /// <summary>Stores that everything up to this key is done.</summary>
    public Task SavePositionAsync(Dictionary<string, AttributeValue> position, CancellationToken cancellationToken) =>
        SaveAsync(ItemAttributes.Position, new(Document.FromAttributeMap(position).ToJson()), cancellationToken);

    /// <summary>Stores that everything is done.</summary>
    public Task CompleteAsync(UtcTimestamp now, CancellationToken cancellationToken) =>
        SaveAsync(ItemAttributes.CompletedAt, new(now.ToString()), cancellationToken);

    private Task SaveAsync(string attribute, AttributeValue value, CancellationToken cancellationToken)
    {
        var item = ItemKeys.Upgrade;
        item[attribute] = value;
        return table.PutAsync(item, cancellationToken);
    }
}
