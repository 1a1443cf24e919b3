using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>Puts many items into <see cref="MessagesTable"/> with <c>BatchWriteItem</c>, without conditions and transactions.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="clock">Times the delays between attempts.</param>
public sealed class MessagesTableBatches(IAmazonDynamoDB dynamoDb, TimeProvider clock)
{
    /// <summary>The maximum number of items in one request of DynamoDB.</summary>
    public const int MaxItems = 25;

    /// <summary>How long DynamoDB may process no item at all.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstMaxDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastMaxDelay = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Puts items and replaces those that have their keys. Items that DynamoDB leaves unprocessed, because the table's capacity is
    /// used up, are sent again after an exponential back-off with full jitter.
    /// </summary>
    /// <param name="items">The items, at most <see cref="MaxItems"/>, each with another key.</param>
    /// <param name="cancellationToken">Cancels the work. Some of the items may be written.</param>
    /// <exception cref="ProvisionedThroughputExceededException">DynamoDB processed no item for 30 seconds.</exception>
    internal async Task PutAsync(IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        var pending = items.Select(item => new WriteRequest(new PutRequest(item))).ToList();
        var (progress, maxDelay) = (clock.GetTimestamp(), FirstMaxDelay);
        while (true)
        {
            var unprocessed = await WriteAsync(pending, cancellationToken);
            if (unprocessed.Count == 0)
            {
                return;
            }

            if (unprocessed.Count < pending.Count)
            {
                (progress, maxDelay) = (clock.GetTimestamp(), FirstMaxDelay);
            }
            else if (clock.GetElapsedTime(progress) > Timeout)
            {
                throw new ProvisionedThroughputExceededException("The capacity of the table is used up.");
            }

            pending = unprocessed;
            await Task.Delay(maxDelay * Random.Shared.NextDouble(), clock, cancellationToken);
            maxDelay = TimeSpan.FromTicks(Math.Min(LastMaxDelay.Ticks, maxDelay.Ticks * 2));
        }
    }

    /// <returns>The requests that DynamoDB left unprocessed.</returns>
    private async Task<List<WriteRequest>> WriteAsync(List<WriteRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            var response = await dynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new() { [MessagesTable.Name] = requests } }, cancellationToken);
            return response.UnprocessedItems?.GetValueOrDefault(MessagesTable.Name) ?? [];
        }
        catch (ProvisionedThroughputExceededException)
        {
            // Instead of returning all items as unprocessed.
            return requests;
        }
    }
}
