using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;

namespace Cruddur.AppHost.Commands;

/// <summary>The commands of DynamoDB Local.</summary>
public static class DynamoDbCommands
{
    private const string BabylonGroup = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

    private static readonly string[] Alone = [CruddurResources.DynamoDb];
    private static readonly string[] WithPostgres = [CruddurResources.DynamoDb, CruddurResources.Postgres];

    private static readonly VerbInput Handle = VerbInput.Choice(
        "handle",
        "Handle",
        "A user with a row in Postgres",
        [.. LocalPool.Users.Select(user => KeyValuePair.Create(user.Handle, $"{user.Name} (@{user.Handle})"))]);

    private static readonly VerbInput Group = VerbInput.Choice(
        "group",
        "Conversation",
        "The uuid of a conversation. List conversations shows them.",
        KeyValuePair.Create(BabylonGroup, "Babylon 5 (@andrewbrown and @bayko)"));

    private static readonly VerbCommand[] Verbs =
    [
        new("list-tables", "List tables", "ddb list-tables", "Table", "Lists the tables.") { Servers = Alone },
        new("scan", "Scan", "ddb scan", "TableSearch", "Shows the first items of the table, and how many there are.") { Servers = Alone },
        new("list-conversations", "List conversations", "ddb list-conversations", "ChatMultiple", "Lists a user's conversations.")
        {
            Inputs = [Handle],
            Servers = WithPostgres,
        },
        new("get-conversation", "Show a conversation", "ddb get-conversation", "Chat", "Shows the newest messages of a conversation.")
        {
            Inputs = [Group],
            Servers = WithPostgres,
        },
        new("schema-load", "Load the schema", "ddb schema-load", "TableAdd", "Creates the table if it does not exist.")
        {
            Servers = Alone,
            ChangesData = true,
        },
        new("seed", "Seed the conversation", "ddb seed", "LeafTwo", "Writes the Babylon 5 conversation if it does not exist.")
        {
            Servers = WithPostgres,
            ChangesData = true,
        },
        new("add-messages", "Add many messages", "ddb seed", "ChatAdd", "Adds generated conversations and users.")
        {
            Inputs =
            [
                VerbInput.Number("messages", "Messages", value: 10_000, maximum: 10_000_000),
                VerbInput.Number("groups", "Conversations", value: 20, maximum: 1_000_000),
                VerbInput.Number("users", "Users", value: 10, maximum: 100_000),
            ],
            Servers = WithPostgres,
            ChangesData = true,
        },
        new("upgrade", "Upgrade", "ddb upgrade", "ArrowCircleUp", "Migrates conversations written by earlier versions.")
        {
            Servers = Alone,
            ChangesData = true,
        },
        new("drop", "Drop the table", "ddb drop", "Delete", "Deletes the table and all messages.")
        {
            Servers = Alone,
            ChangesData = true,
            Confirmation = "Delete the table and all messages?",
        },
    ];

    /// <summary>Adds the commands for the messages table.</summary>
    /// <param name="dynamoDb">DynamoDB Local.</param>
    public static IResourceBuilder<IResourceWithEndpoints> WithMessagesCommands(this IResourceBuilder<IResourceWithEndpoints> dynamoDb) =>
        dynamoDb.WithVerbs(Verbs);
}
