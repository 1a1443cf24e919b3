namespace Cruddur.Data.MessageGroups;

/// <summary>A conversation of two users.</summary>
/// <param name="Uuid">The group's id.</param>
/// <param name="Members">The two users who read and write it.</param>
/// <param name="LastMessageAt">When its newest message was sent.</param>
public sealed record MessageGroup(Guid Uuid, UserPair Members, UtcTimestamp LastMessageAt)
{
    /// <summary>
    /// Identifies the state of the conversation: every change of the group or of its messages sets a new random version. Equal
    /// groups with a version have the same messages, even if the table was dropped and written again or restored in between.
    /// Null if an earlier version of Cruddur created the group and no message was sent since.
    /// </summary>
    public Guid? Version { get; init; } = Guid.NewGuid();

    /// <summary>
    /// Whether older messages are being added, which changes the messages without the version. It stays true if that is interrupted.
    /// </summary>
    public bool IsImporting { get; init; }

    /// <summary>Another group of the members, to which messages to a handle go. An upgrade found that it has newer messages.</summary>
    public Guid? SuccessorUuid { get; init; }

    /// <summary>Whether a sender who knows an earlier state of the group may send to this one.</summary>
    internal bool Continues(MessageGroup earlier) => (Members, SuccessorUuid) == (earlier.Members, earlier.SuccessorUuid);

    /// <summary>The group after a message was sent.</summary>
    /// <param name="lastMessageAt">When the message was sent.</param>
    public MessageGroup MovedTo(UtcTimestamp lastMessageAt) =>
        this with { LastMessageAt = lastMessageAt, Version = Guid.NewGuid() };
}
