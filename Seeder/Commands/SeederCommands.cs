using System.CommandLine;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.Postgres;
using Cruddur.Seeder.Cognito;
using Cruddur.Seeder.Conversation;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>The seeder's command line. A verb either runs one or more steps or prints a listing.</summary>
/// <param name="services">Creates what a verb needs when the verb runs.</param>
internal sealed class SeederCommands(IServiceProvider services)
{
    private const string SetupVerb = "setup";

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of a table." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };
    private readonly Option<string[]> _relink = new("--relink")
    {
        Description = "Change existing links, too: those of the given handles, or all.",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Argument<string> _table = new("table")
    {
        Description = "The table's name.", DefaultValueFactory = _ => MessagesTable.Name,
    };
    private readonly Argument<Guid> _group = new("group")
    {
        Description = "The conversation's uuid.", DefaultValueFactory = _ => Babylon5.GroupUuid,
    };
    private readonly Argument<string> _handle = new("handle")
    {
        Description = "The user's handle.", DefaultValueFactory = _ => Babylon5.FirstHandle,
    };

    /// <summary>Creates the command line. Without a verb, <c>setup</c> runs.</summary>
    public RootCommand Create()
    {
        var root = new RootCommand("Prepares the databases of Cruddur. Without a verb, it runs setup.")
        {
            Runs(
                new(SetupVerb, "Creates the schemas, the seed data and the links to the user pool. Running it again changes nothing."),
                SetupVerb,
                Setup),
            new Command("ddb", "DynamoDB")
            {
                Runs<DynamoDbSchemaStep>("schema-load", "Creates the table."),
                Runs<ConversationStep>("seed", "Writes the Babylon 5 conversation."),
                Runs(
                    new("upgrade", "Brings the conversations of earlier versions up to date."),
                    "ddb upgrade",
                    () => [Create<DynamoDbUpgradeStep>(UpgradeMode.Always)]),
                Drops(
                    new("drop", "Deletes a table and its items.") { _table },
                    parsed => $"the DynamoDB table {parsed.GetValue(_table)}",
                    parsed => Create<DynamoDbDropStep>(parsed.GetValue(_table)!)),
                Lists(new("list-tables", "Lists the tables."), _ => Create<TablesListing>()),
                Lists(new("scan", "Lists all items of the table."), _ => Create<ScanListing>()),
                Lists(
                    new("get-conversation", "Lists the messages of a conversation, newest first.") { _group },
                    parsed => Create<ConversationListing>(parsed.GetValue(_group))),
                Lists(
                    new("list-conversations", "Lists a user's conversations, newest first.") { _handle },
                    parsed => Create<ConversationsListing>(parsed.GetValue(_handle)!)),
            },
            new Command("db", "Postgres")
            {
                Runs<SqlCreateStep>("create", "Creates the database."),
                Drops(
                    new("drop", "Deletes the database and its data."),
                    _ => $"the Postgres database {services.GetRequiredService<DatabaseServer>().Database}",
                    _ => Create<SqlDropStep>()),
                Runs<SqlSchemaStep>("schema-load", "Creates the tables."),
                Runs<SqlSeedStep>("seed", "Adds the seed users and their activities."),
                Runs(
                    new(SetupVerb, "Runs create, schema-load and seed, and links the users to the user pool."),
                    $"db {SetupVerb}",
                    () => [Create<SqlCreateStep>(), .. SetupPostgres()]),
            },
            new Command("cognito", "The user pool")
            {
                Lists(new("list-users", "Lists the users of the pool."), _ => Create<CognitoUsersListing>()),
                UpdatesUserIds(new("update-user-ids", "Links the rows in Postgres to the users of the pool with the same handles.")),
            },
        };
        root.SetAction((_, cancellationToken) => RunAsync(SetupVerb, Setup(), cancellationToken));
        return root;
    }

    private IReadOnlyList<ISeederStep> Setup() =>
    [
        Create<DynamoDbSchemaStep>(),
        Create<DynamoDbUpgradeStep>(UpgradeMode.Once),
        .. SetupPostgres(),
        Create<ConversationStep>(),
    ];

    private IReadOnlyList<ISeederStep> SetupPostgres() =>
        [Create<SqlSchemaStep>(), Create<SqlSeedStep>(), Create<CognitoUserIdsStep>(RelinkSelection.None)];

    private T Create<T>(params object[] arguments) => ActivatorUtilities.CreateInstance<T>(services, arguments);

    private Task<int> RunAsync(string verb, IReadOnlyList<ISeederStep> steps, CancellationToken cancellationToken) =>
        services.GetRequiredService<StepRunner>().RunAsync(verb, steps, cancellationToken);

    private Command Runs<TStep>(string name, string description)
        where TStep : ISeederStep => Runs(new(name, description), name, () => [Create<TStep>()]);

    private Command Runs(Command command, string verb, Func<IReadOnlyList<ISeederStep>> steps)
    {
        command.SetAction((_, cancellationToken) => RunAsync(verb, steps(), cancellationToken));
        return command;
    }

    private Command Drops(Command command, Func<ParseResult, string> what, Func<ParseResult, ISeederStep> step)
    {
        command.Add(_yes);
        command.SetAction(async (parsed, cancellationToken) =>
            parsed.GetValue(_yes) || Confirmation.Ask($"Delete {what(parsed)} and its data?")
                ? await RunAsync(command.Name, [step(parsed)], cancellationToken)
                : 1);
        return command;
    }

    private Command UpdatesUserIds(Command command)
    {
        command.Add(_relink);
        command.SetAction((parsed, cancellationToken) =>
        {
            var relink = parsed.GetResult(_relink) is null ? RelinkSelection.None : RelinkSelection.Of(parsed.GetValue(_relink) ?? []);
            return RunAsync(command.Name, [Create<CognitoUserIdsStep>(relink)], cancellationToken);
        });
        return command;
    }

    private Command Lists(Command command, Func<ParseResult, ISeederListing> listing)
    {
        command.Add(_json);
        command.SetAction((parsed, cancellationToken) =>
            services.GetRequiredService<StepRunner>().ListAsync(listing(parsed), parsed.GetValue(_json), cancellationToken));
        return command;
    }
}
