using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Microsoft.Extensions.Logging;

namespace Cruddur.Data.Upgrades;

/// <summary>
/// Brings the conversations of earlier versions up to date. Those versions wrote messages and group heads only, with timestamps
/// in any offset and precision. The upgrade adds the group and pair items, leaves each member one head that shows the newest
/// message, and normalizes the sort keys so that their order is the order in time.
/// <para>
/// It can be interrupted at any point and run again, several runs may overlap, and the API may write at the same time.
/// </para>
/// </summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Provides the time.</param>
/// <param name="logger">Logs the skipped items.</param>
public sealed partial class ConversationUpgrade(
    MessagesTableClient table, MessageGroupStore groups, TimeProvider clock, ILogger<ConversationUpgrade> logger)
{
    /// <summary>An interrupted run loses the work of one page at most.</summary>
    private const int PageSize = 100;

    private readonly GroupUpgrade _groupUpgrade = new(table, groups, clock);
    private readonly UpgradeProgress _progress = new(table);

    /// <summary>Whether all conversations are up to date. Costs one read of one small item.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<bool> IsCompleteAsync(CancellationToken cancellationToken) => _progress.IsCompleteAsync(cancellationToken);

    /// <summary>Checks all conversations and upgrades those that need it; continues where an interrupted run ended.</summary>
    /// <param name="cancellationToken">Cancels the run. The next one continues it.</param>
    /// <returns>What was done.</returns>
    public async Task<UpgradeResult> RunAsync(CancellationToken cancellationToken)
    {
        var (upgraded, messages, skipped) = (0, 0, 0);
        var seen = new HashSet<Guid>();
        var position = await _progress.ReadPositionAsync(cancellationToken);
        do
        {
            // The index holds the group heads only, so the scan does not read the messages.
            var page = await table.ScanGroupIndexAsync(position, PageSize, cancellationToken);
            foreach (var head in page.Items ?? [])
            {
                try
                {
                    var groupUuid = head.Uuid(ItemAttributes.MessageGroupUuid);
                    if (seen.Add(groupUuid))
                    {
                        var (isChanged, movedMessages) = await _groupUpgrade.RunAsync(groupUuid, cancellationToken);
                        upgraded += isChanged ? 1 : 0;
                        messages += movedMessages;
                    }
                }
                catch (FormatException exception)
                {
                    skipped++;
                    LogSkipped(logger, head.Text(ItemAttributes.PartitionKey), head.Text(ItemAttributes.SortKey), exception.Message);
                }
            }

            position = page.LastEvaluatedKey;
            if (position is { Count: > 0 })
            {
                await _progress.SavePositionAsync(position, cancellationToken);
            }
        }
        while (position is { Count: > 0 });

        await _progress.CompleteAsync(new(clock.GetUtcNow()), cancellationToken);
        return new(seen.Count, upgraded, messages, skipped);
    }

    [LoggerMessage(LogLevel.Warning, "The conversation of group head {PartitionKey}, {SortKey} is skipped: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string partitionKey, string sortKey, string reason);
}
