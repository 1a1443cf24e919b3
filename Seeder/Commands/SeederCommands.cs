using System.CommandLine;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.Postgres;
using Cruddur.Seeder.Cognito;
using Cruddur.Seeder.Conversation;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>The seeder's command line: verbs that change something, each a step or several; and verbs that show something.</summary>
/// <param name="services">Makes what the verbs need, when one is run.</param>
internal sealed class SeederCommands(IServiceProvider services)
{
    private const string SetupVerb = "setup";

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of a table." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Don't ask." };
    private readonly Option<string[]> _relink = new("--relink")
    {
        Description = "Also change links that exist: those of these handles, or all of them.",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Argument<string> _table = new("table") { Description = "The table's name.", DefaultValueFactory = _ => MessagesTable.Name };
    private readonly Argument<Guid> _group = new("group") { Description = "The conversation's uuid.", DefaultValueFactory = _ => Babylon5.GroupUuid };
    private readonly Argument<string> _handle = new("handle") { Description = "The user's handle.", DefaultValueFactory = _ => Babylon5.FirstHandle };

    /// <summary>The command line. No verb at all means <c>setup</c>.</summary>
    public RootCommand Create()
    {
        var root = new RootCommand("Prepares the databases of Cruddur. Without a verb it does all of it, as setup does.")
        {
            Runs(new(SetupVerb, "Does all that a new system needs. Running it again changes nothing."), SetupVerb, Setup),
            new Command("ddb", "DynamoDB")
            {
                Runs<DynamoDbSchemaStep>("schema-load", "Creates the table."),
                Runs<ConversationStep>("seed", "Writes the Babylon 5 conversation."),
                Runs(
                    new("upgrade", "Brings the conversations of earlier versions up to date."),
                    "ddb upgrade",
                    () => [Create<DynamoDbUpgradeStep>(UpgradeMode.Always)]),
                Drops(
                    new("drop", "Drops a table with all that is in it.") { _table },
                    parsed => $"the DynamoDB table {parsed.GetValue(_table)}",
                    parsed => Create<DynamoDbDropStep>(parsed.GetValue(_table)!)),
                Lists(new("list-tables", "Shows the tables."), _ => Create<TablesListing>()),
                Lists(new("scan", "Shows all items of the table."), _ => Create<ScanListing>()),
                Lists(
                    new("get-conversation", "Shows the messages of a conversation, the newest first.") { _group },
                    parsed => Create<ConversationListing>(parsed.GetValue(_group))),
                Lists(
                    new("list-conversations", "Shows a user's conversations, the newest first.") { _handle },
                    parsed => Create<ConversationsListing>(parsed.GetValue(_handle)!)),
            },
            new Command("db", "Postgres")
            {
                Runs<SqlCreateStep>("create", "Creates the database."),
                Drops(
                    new("drop", "Drops the database with all that is in it."),
                    _ => $"the Postgres database {services.GetRequiredService<DatabaseServer>().Database}",
                    _ => Create<SqlDropStep>()),
                Runs<SqlSchemaStep>("schema-load", "Creates the tables."),
                Runs<SqlSeedStep>("seed", "Adds the first users and activities."),
                Runs(
                    new(SetupVerb, "Does all of these, drop apart, and stores the users' Cognito ids."),
                    $"db {SetupVerb}",
                    () => [Create<SqlCreateStep>(), Create<SqlSchemaStep>(), Create<SqlSeedStep>(), Create<CognitoUserIdsStep>(RelinkSelection.None)]),
            },
            new Command("cognito", "The user pool")
            {
                Lists(new("list-users", "Shows the users of the pool."), _ => Create<CognitoUsersListing>()),
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
        Create<SqlSchemaStep>(),
        Create<SqlSeedStep>(),
        Create<CognitoUserIdsStep>(RelinkSelection.None),
        Create<ConversationStep>(),
    ];

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
            parsed.GetValue(_yes) || Confirmation.Ask($"Drop {what(parsed)} with all that is in it?")
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
