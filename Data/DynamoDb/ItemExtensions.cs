using Amazon.DynamoDBv2.Model;
using Cruddur.Data.Users;

namespace Cruddur.Data.DynamoDb;

/// <summary>Reads and writes attributes. Errors name the attribute, but not its value.</summary>
internal static class ItemExtensions
{
    public static string Text(this Dictionary<string, AttributeValue> item, string attribute) =>
        item.TryGetValue(attribute, out var value) && value.S is { } text
            ? text
            : throw new FormatException($"An item of table {MessagesTable.Name} has no text in attribute {attribute}.");

    public static Guid Uuid(this Dictionary<string, AttributeValue> item, string attribute) =>
        Guid.TryParse(item.Text(attribute), out var uuid)
            ? uuid
            : throw new FormatException($"An item of table {MessagesTable.Name} has no uuid in attribute {attribute}.");

    public static Guid? OptionalUuid(this Dictionary<string, AttributeValue> item, string attribute) =>
        item.ContainsKey(attribute) ? item.Uuid(attribute) : null;

    public static UtcTimestamp Timestamp(this Dictionary<string, AttributeValue> item, string attribute) =>
        UtcTimestamp.TryParse(item.Text(attribute), out var timestamp)
            ? timestamp
            : throw new FormatException($"An item of table {MessagesTable.Name} has no timestamp in attribute {attribute}.");

    /// <summary>The user copied into a message or a group head.</summary>
    public static User User(this Dictionary<string, AttributeValue> item) => new(
        item.Uuid(ItemAttributes.UserUuid),
        item.Text(ItemAttributes.UserHandle),
        item.Text(ItemAttributes.UserDisplayName));

    /// <summary>Copies a user into a message or a group head.</summary>
    public static void SetUser(this Dictionary<string, AttributeValue> item, User user)
    {
        item[ItemAttributes.UserUuid] = new(user.Uuid.ToString());
        item[ItemAttributes.UserDisplayName] = new(user.DisplayName);
        item[ItemAttributes.UserHandle] = new(user.Handle);
    }
}
