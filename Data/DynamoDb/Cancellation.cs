using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>Reads why a transaction was cancelled. The reasons are in the order of the writes.</summary>
internal static class Cancellation
{
    private const string ConditionFailed = "ConditionalCheckFailed";

    private static readonly HashSet<string> Transient =
        [ConditionFailed, "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>Whether the condition of the write at this index failed.</summary>
    public static bool ConditionFailedAt(this TransactionCanceledException cancelled, int index) =>
        index >= 0 && cancelled.CancellationReasons[index].Code == ConditionFailed;

    /// <summary>The item that made the write at this index fail; null when there was none.</summary>
    public static Dictionary<string, AttributeValue>? ItemAt(this TransactionCanceledException cancelled, int index) =>
        cancelled.CancellationReasons[index].Item is { Count: > 0 } item ? item : null;

    /// <summary>Whether the same transaction may succeed later: it collided with another one, or it was throttled.</summary>
    public static bool IsTransient(this TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons.Any(reason => Transient.Contains(reason.Code));
}
