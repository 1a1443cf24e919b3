using System.CommandLine;
using Cruddur.Data.Postgres;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>The verbs of Postgres.</summary>
internal static class PostgresVerbs
{
    /// <summary>The group <c>db</c>.</summary>
    public static Command Create() => new("db", "Postgres")
    {
        new Verb("create", "Creates the database.").Runs<SqlCreateStep>(),
        new Verb("drop", "Deletes the database and its data.", "--yes").RunsConfirmed(
            (services, _) =>
                $"Delete the Postgres database {services.GetRequiredService<DatabaseServer>().Database} and its data?",
            (services, _) => [services.Create<SqlDropStep>()]),
        new Verb("schema-load", "Creates the tables.").Runs<SqlSchemaStep>(),
        new Verb("seed", "Adds the seed users and their activities.").Runs<SqlSeedStep>(),
        new Verb("setup", "Runs create, schema-load and seed, and links the users to the user pool.")
            .Runs((services, _) => [services.Create<SqlCreateStep>(), .. SetupVerbs.PostgresSteps(services)]),
    };
}
