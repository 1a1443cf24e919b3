using Amazon.DynamoDBv2.Model;

namespace Cruddur.Data.DynamoDb;

/// <summary>Why a transaction was cancelled, item by item, in the order of the request.</summary>
internal static class Cancellation
{
    private const string ConditionFailed = "ConditionalCheckFailed";

    private static readonly HashSet<string> Passing =
        [ConditionFailed, "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>Whether the condition of the write at this place did not hold.</summary>
    public static bool ConditionFailedAt(this TransactionCanceledException cancelled, int index) =>
        index >= 0 && cancelled.CancellationReasons[index].Code == ConditionFailed;

    /// <summary>The item that was in the way of the write at this place; null where there was none.</summary>
    public static Dictionary<string, AttributeValue>? ItemAt(this TransactionCanceledException cancelled, int index) =>
        cancelled.CancellationReasons[index].Item is { Count: > 0 } item ? item : null;

    /// <summary>Whether such a transaction may succeed a moment later: other writers were in its way, or too many of them.</summary>
    public static bool WillPass(this TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons.Any(reason => Passing.Contains(reason.Code));
}
