namespace Cruddur.Data.Messages;

/// <summary>Other writers kept a message group busy until the write timed out. Nothing was written; a later attempt may succeed.</summary>
/// <param name="innerException">Why the last attempt failed.</param>
public sealed class MessageGroupBusyException(Exception innerException)
    : Exception("The message group is busy. Nothing was written; try again.", innerException);
