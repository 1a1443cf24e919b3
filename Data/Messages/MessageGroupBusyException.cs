namespace Cruddur.Data.Messages;

/// <summary>Other writers kept a message group busy for so long that this write was given up. Nothing was written; trying again later may succeed.</summary>
/// <param name="innerException">Why the last attempt failed.</param>
public sealed class MessageGroupBusyException(Exception innerException)
    : Exception("The message group is busy. Nothing was written; try again.", innerException);
