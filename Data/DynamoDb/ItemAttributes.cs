namespace Cruddur.Data.DynamoDb;

/// <summary>Names of the attributes in the table's items.</summary>
internal static class ItemAttributes
{
    public const string PartitionKey = "pk";
    public const string SortKey = "sk";

    // Messages and group heads
    public const string MessageUuid = "message_uuid";
    public const string Message = "message";
    public const string UserUuid = "user_uuid";
    public const string UserDisplayName = "user_display_name";
    public const string UserHandle = "user_handle";

    /// <summary>On group heads only: the index contains the items that have this attribute.</summary>
    public const string MessageGroupUuid = "message_group_uuid";

    // Groups, pairs and sent requests
    public const string GroupUuid = "group_uuid";
    public const string FirstMemberUuid = "first_member_uuid";
    public const string SecondMemberUuid = "second_member_uuid";
    public const string LastMessageAt = "last_message_at";
    public const string Version = "version";
    public const string IsImporting = "is_importing";
    public const string SuccessorUuid = "successor_uuid";
    public const string MessageCreatedAt = "message_created_at";
    public const string Fingerprint = "fingerprint";
    public const string ExpiresAt = "expires_at";

    // The progress of an upgrade
    public const string Position = "position";
    public const string CompletedAt = "completed_at";
}
