namespace Cruddur.AppHost;

/// <summary>The names of the resources in the app model, as the dashboard shows them, and the ports that developers know them by.</summary>
public static class CruddurResources
{
    /// <summary>The Postgres server.</summary>
    public const string Postgres = "postgres";

    /// <summary>The database on <see cref="Postgres"/>; also the name of its connection string.</summary>
    public const string Database = "cruddur";

    /// <summary>DynamoDB Local.</summary>
    public const string DynamoDb = "dynamodb";

    /// <summary>The web page with the tables of <see cref="DynamoDb"/>. It starts on demand.</summary>
    public const string DynamoDbAdmin = "dynamodb-admin";

    /// <summary>The Cognito emulator. Absent when a real user pool is configured.</summary>
    public const string Cognito = "cognito";

    /// <summary>The one-shot worker that creates schemas and seed data.</summary>
    public const string Seeder = "seeder";

    /// <summary>The messaging API.</summary>
    public const string Api = "api";

    /// <summary>The React app on Vite's development server.</summary>
    public const string Frontend = "frontend";

    /// <summary>The resources that make up the running system.</summary>
    public static IReadOnlyList<string> All { get; } = [Postgres, Database, DynamoDb, Cognito, Seeder, Api, Frontend];

    /// <summary>
    /// The TCP port on loopback that a resource takes when it is free at start; otherwise the resource gets any free one.
    /// Cruddur's docker-compose file used the same ports.
    /// </summary>
    public static IReadOnlyDictionary<string, int> PreferredPorts { get; } = new Dictionary<string, int>
    {
        [Frontend] = 3000,
        [Api] = 4567,
        [DynamoDb] = 8000,
        [Cognito] = 9229,
    };
}
