using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>Creates <see cref="MessagesTable"/> in DynamoDB.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="clock">Times the polling.</param>
public sealed class MessagesTableSchema(IAmazonDynamoDB dynamoDb, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the table if it is missing, and waits until it is active.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the table was created; false if it existed.</returns>
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
                // Another run has created the table since.
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
