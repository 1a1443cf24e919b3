using System.CommandLine;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.Postgres;
using Cruddur.Seeder.Cognito;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>The verbs that work on all servers.</summary>
internal static class SetupVerbs
{
    /// <summary>Creates the schemas and the seed data. It is also what runs without a verb.</summary>
    public static Verb Setup() =>
        new Verb("setup", "Creates the schemas, the seed data and the links to the user pool. Running it again changes nothing.")
            .Runs((services, _) => Steps(services));

    /// <summary>Deletes all data and creates the seed data.</summary>
    public static Verb Reset() =>
        new Verb("reset", "Drops the table and the database, then runs setup. The API can go on.", "--yes").RunsConfirmed(
            (services, _) =>
                $"Delete the DynamoDB table {MessagesTable.Name} and the Postgres database "
                + $"{services.GetRequiredService<DatabaseServer>().Database} with their data?",
            (services, _) =>
            {
                var drop = services.Create<SqlDropStep>();
                return
                [
                    services.Create<DynamoDbDropStep>(MessagesTable.Name),
                    drop,
                    services.Create<SqlCreateStep>(),
                    .. Steps(services),
                    services.Create<ReconnectionStep>(drop),
                ];
            });

    /// <summary>The steps that prepare Postgres.</summary>
    public static IReadOnlyList<ISeederStep> PostgresSteps(IServiceProvider services) =>
    [
        services.Create<SqlSchemaStep>(),
        services.Create<SqlSeedStep>(),
        services.Create<CognitoUserIdsStep>(RelinkSelection.None),
    ];

    private static IReadOnlyList<ISeederStep> Steps(IServiceProvider services) =>
    [
        services.Create<DynamoDbSchemaStep>(),
        services.Create<DynamoDbUpgradeStep>(UpgradeMode.Once),
        .. PostgresSteps(services),
        services.Create<ConversationStep>(),
    ];
}
