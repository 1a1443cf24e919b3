using System.CommandLine;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>The seeder's command line: one verb for each step, and <c>setup</c>, which is what no verb at all means.</summary>
internal static class SeederCommands
{
    private const string Setup = "setup";

    /// <summary>The command line over the registered steps.</summary>
    /// <param name="services">Makes the steps and their runner, when a command is run.</param>
    public static RootCommand Create(IServiceProvider services)
    {
        Command Verb<TStep>(string name, string description)
            where TStep : ISeederStep =>
            Runs(new Command(name, description), name, () => [Step<TStep>()]);

        ISeederStep Step<TStep>()
            where TStep : ISeederStep => ActivatorUtilities.CreateInstance<TStep>(services);

        IReadOnlyList<ISeederStep> AllSteps() =>
            [Step<DynamoDbSchemaStep>(), Step<SqlSchemaStep>(), Step<SqlSeedStep>(), Step<CognitoUserIdsStep>(), Step<ConversationStep>()];

        TCommand Runs<TCommand>(TCommand command, string verb, Func<IReadOnlyList<ISeederStep>> steps)
            where TCommand : Command
        {
            command.SetAction((_, cancellationToken) =>
                services.GetRequiredService<StepRunner>().RunAsync(verb, steps(), cancellationToken));
            return command;
        }

        return Runs(
            new RootCommand("Prepares the databases of Cruddur. Without a verb it does all of it, as setup does.")
            {
                Runs(new Command(Setup, "Does all of the steps below that a new system needs. Running it again changes nothing."), Setup, AllSteps),
                new Command("ddb", "DynamoDB")
                {
                    Verb<DynamoDbSchemaStep>("schema-load", "Creates the table."),
                    Verb<ConversationStep>("seed", "Writes the Babylon 5 conversation."),
                },
                new Command("db", "Postgres")
                {
                    Verb<SqlSchemaStep>("schema-load", "Creates the tables."),
                    Verb<SqlSeedStep>("seed", "Adds the first users and activities."),
                },
                new Command("cognito", "The user pool")
                {
                    Verb<CognitoUserIdsStep>("update-user-ids", "Stores the users' Cognito ids in Postgres."),
                },
            },
            Setup,
            AllSteps);
    }
}
