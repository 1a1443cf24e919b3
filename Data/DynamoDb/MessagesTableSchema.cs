using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>Creates <see cref="MessagesTable"/> in DynamoDB.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="clock">The clock to wait by.</param>
public sealed class MessagesTableSchema(IAmazonDynamoDB dynamoDb, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the table where it is missing, and waits until it can be used.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Whether the table was created; false where it was there already.</returns>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var table = await DescribeAsync(cancellationToken);
        var isMissing = table is null;
        if (isMissing)
        {
            try
            {
                table = (await dynamoDb.CreateTableAsync(MessagesTable.Definition(), cancellationToken)).TableDescription;
            }
            catch (ResourceInUseException)
            {
                // Another run creates it at this moment.
                isMissing = false;
            }
        }

        while (table?.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(PollInterval, clock, cancellationToken);
            table = await DescribeAsync(cancellationToken);
        }

        await EnableTimeToLiveAsync(cancellationToken);
        return isMissing;
    }

    private async Task<TableDescription?> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await dynamoDb.DescribeTableAsync(MessagesTable.Name, cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task EnableTimeToLiveAsync(CancellationToken cancellationToken)
    {
        var current = await dynamoDb.DescribeTimeToLiveAsync(MessagesTable.Name, cancellationToken);
        if (current.TimeToLiveDescription?.TimeToLiveStatus == TimeToLiveStatus.ENABLED
            || current.TimeToLiveDescription?.TimeToLiveStatus == TimeToLiveStatus.ENABLING)
        {
            return;
        }

        var request = new UpdateTimeToLiveRequest
        {
            TableName = MessagesTable.Name,
            TimeToLiveSpecification = new() { AttributeName = MessagesTable.TimeToLiveAttribute, Enabled = true },
        };
        await dynamoDb.UpdateTimeToLiveAsync(request, cancellationToken);
    }
}
