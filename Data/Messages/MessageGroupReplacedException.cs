namespace Cruddur.Data.Messages;

/// <summary>
/// The group to send to is no longer as it was remembered: it was deleted, or has other members, because the table was dropped or
/// restored; or an upgrade found a newer group of the members. Nothing was written, and the group is no longer remembered.
/// </summary>
public sealed class MessageGroupReplacedException(Exception? cause = null)
    : Exception("The message group was deleted or replaced by another.", cause);
