using System.CommandLine;
using Cruddur.Data.DynamoDb;
using Cruddur.Seeder.Bulk;
using Cruddur.Seeder.Conversation;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Commands;

/// <summary>The verbs of DynamoDB.</summary>
internal static class DynamoDbVerbs
{
    private static readonly Argument<string?> Table = VerbOptions.Argument("table", "The table's name.", MessagesTable.Name);

    private static readonly Argument<Guid> Group = VerbOptions.Argument(
        "group", "The conversation's uuid.", Babylon5.GroupUuid, text => (Guid.TryParse(text, out var uuid), uuid));

    private static readonly Argument<string?> Handle = VerbOptions.Argument("handle", "The user's handle.", Babylon5.FirstHandle);

    /// <summary>The group <c>ddb</c>.</summary>
    public static Command Create() => new("ddb", "DynamoDB")
    {
        new Verb("schema-load", "Creates the table.").Runs<DynamoDbSchemaStep>(),
        new Verb(
                "seed",
                "Writes the Babylon 5 conversation. With one of the options, adds generated conversations of andrewbrown, bayko, londo and "
                + "generated users instead.",
                "--messages 100000 --groups 100")
            .WithBulkOptions()
            .Runs(Seed),
        new Verb("upgrade", "Brings the conversations of earlier versions up to date.")
            .Runs((services, _) => [services.Create<DynamoDbUpgradeStep>(UpgradeMode.Always)]),
        new Verb("drop", "Deletes a table and its items.", "scratch --yes") { Table }.RunsConfirmed(
            (_, parsed) => $"Delete the DynamoDB table {parsed.GetValue(Table)} and its data?",
            (services, parsed) => [services.Create<DynamoDbDropStep>(parsed.GetValue(Table)!)]),
        new Verb("list-tables", "Lists the tables.").Lists<TablesListing>(),
        new Verb("scan", "Lists all items of a table.", "--rows 50") { Table }
            .Lists((services, parsed) => services.Create<ScanListing>(parsed.GetValue(Table)!)),
        new Verb("get-conversation", "Lists the messages of a conversation, newest first.", $"{Babylon5.GroupUuid} --rows all") { Group }
            .Lists((services, parsed) => services.Create<ConversationListing>(parsed.GetValue(Group))),
        new Verb("list-conversations", "Lists a user's conversations, newest first.", "bayko") { Handle }
            .Lists((services, parsed) => services.Create<ConversationsListing>(parsed.GetValue(Handle)!)),
    };

    private static IReadOnlyList<ISeederStep> Seed(IServiceProvider services, ParseResult parsed) =>
        BulkOptions.Size(parsed.CommandResult) is { } size
            ? [services.Create<BulkUsersStep>(size), services.Create<BulkMessagesStep>(size)]
            : [services.Create<ConversationStep>()];
}
