using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Embedded.DynamoDb;

/// <summary>Adds DynamoDB Local to the app model as a process.</summary>
public static class EmbeddedDynamoDbExtensions
{
    private const string Package = "amplify-dynamodb-simulator";

    /// <summary>Adds DynamoDB Local on loopback, with one database for all credentials and regions. It answers a plain GET with 400, and that is its healthy answer.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="packages">The npm packages, of which one holds the server.</param>
    /// <param name="directory">Where its database file is kept.</param>
    public static IResourceBuilder<ExecutableResource> AddEmbeddedDynamoDb(
        this IDistributedApplicationBuilder builder, string name, EmbeddedPackages packages, string directory)
    {
        var emulator = Path.Combine(packages.DirectoryOf(Package), "emulator");

        // The first two flags halve the time to the first answer; the server does little enough to never miss the rest of the compiler.
        var server = builder.AddExecutable(
                name, InstalledPrograms.JavaCommand, directory,
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m",
                "-Dorg.eclipse.jetty.util.log.announce=false",
                $"-Djava.library.path={Path.Combine(emulator, "DynamoDBLocal_lib")}",
                "-cp", Path.Combine(emulator, "DynamoDBLocal.jar"),
                "org.eclipse.jetty.xml.XmlConfiguration",
                Path.Combine(builder.AppHostDirectory, "Embedded", "DynamoDb", "dynamodb-local.xml"),
                $"dynamodb.dbPath={directory}")
            .WithEnvironment("DDB_LOCAL_TELEMETRY", "0")
            .WithHttpEndpoint(port: builder.PreferredPort(name))
            .WithIconName("Table");

        return packages.Await(server)
            .WithArgs(context => context.Args.Add(
                ReferenceExpression.Create($"dynamodb.port={server.GetEndpoint("http").Property(EndpointProperty.TargetPort)}")))
            .WithHttpHealthCheck("/", statusCode: 400);
    }
}
