using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Commands;

/// <summary>The commands of the Postgres database.</summary>
public static class DatabaseCommands
{
    private static readonly string[] Alone = [CruddurResources.Postgres];
    private static readonly string[] WithUserPool = [CruddurResources.Postgres, CruddurResources.Cognito];

    private static readonly VerbCommand[] Verbs =
    [
        new("create", "Create", "db create", "DatabasePlugConnected", "Creates the database if it does not exist.")
        {
            Servers = Alone,
            ChangesData = true,
        },
        new("schema-load", "Load the schema", "db schema-load", "TableAdd", "Creates the tables that do not exist.")
        {
            Servers = Alone,
            ChangesData = true,
        },
        new("seed", "Seed", "db seed", "LeafTwo", "Adds the seed users and their activities if they do not exist.")
        {
            Servers = Alone,
            ChangesData = true,
        },
        new("setup", "Set up", "db setup", "Wrench", "Creates the database, loads the schema, seeds, and links the users to the user pool.")
        {
            Servers = WithUserPool,
            ChangesData = true,
        },
        new("drop", "Drop the database", "db drop", "Delete", "Deletes the database with all users and activities.")
        {
            Servers = Alone,
            ChangesData = true,
            Confirmation = "Delete the database with all users and activities?",
        },
    ];

    /// <summary>Adds the commands for the schema and the seed data.</summary>
    /// <param name="database">The database.</param>
    public static IResourceBuilder<IResourceWithConnectionString> WithDatabaseCommands(
        this IResourceBuilder<IResourceWithConnectionString> database) => database.WithVerbs(Verbs);
}
