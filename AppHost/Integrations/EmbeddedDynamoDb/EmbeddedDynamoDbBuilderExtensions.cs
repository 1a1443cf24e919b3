using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.Npm;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Integrations.EmbeddedDynamoDb;

/// <summary>Adds DynamoDB Local to the app model as a process.</summary>
public static class EmbeddedDynamoDbBuilderExtensions
{
    /// <summary>The oldest Java that DynamoDB Local 1.25 runs on.</summary>
    public const int RequiredJava = 17;

    private const string Package = "amplify-dynamodb-simulator";

    /// <summary>
    /// Adds DynamoDB Local on loopback, with one database for all credentials and regions. It needs Java 17 or newer.
    /// It answers a plain GET with 400, and that is its healthy answer.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The TCP port on loopback; any free one when left out.</param>
    public static IResourceBuilder<EmbeddedDynamoDbResource> AddEmbeddedDynamoDb(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        var directory = Path.Combine(builder.AppHostDirectory, ".data", name);
        var dynamoDb = new EmbeddedDynamoDbResource(name, directory);

        return builder.AddResource(dynamoDb)
            .WithNpmPackage(Package)
            .WithDataDirectory(directory)
            .WithHttpEndpoint(port: port)
            .WithEnvironment("DDB_LOCAL_TELEMETRY", "0")
            .WithArgs(context =>
            {
                var emulator = Path.Combine(dynamoDb.GetNpmPackageDirectory(), "emulator");
                object[] arguments =
                [
                    // The C1 compiler alone and the serial collector halve the time to the first answer.
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m",
                    "-Dorg.eclipse.jetty.util.log.announce=false",
                    $"-Djava.library.path={Path.Combine(emulator, "DynamoDBLocal_lib")}",
                    "-cp", Path.Combine(emulator, "DynamoDBLocal.jar"),
                    "org.eclipse.jetty.xml.XmlConfiguration",
                    Path.Combine(builder.AppHostDirectory, "Integrations", "EmbeddedDynamoDb", "dynamodb-local.xml"),
                    $"dynamodb.dbPath={dynamoDb.GetDataDirectory().Path}",
                    ReferenceExpression.Create($"dynamodb.port={dynamoDb.PrimaryEndpoint.Property(EndpointProperty.TargetPort)}"),
                ];
                Array.ForEach(arguments, context.Args.Add);
            })
            .WithHttpHealthCheck("/", statusCode: 400)
            .WithIconName("Table")
            .WithStartPreparation((logger, _) =>
            {
                logger.LogInformation(
                    "DynamoDB Local answers at {Url}, with one database for all credentials and regions, kept in {Directory}.",
                    dynamoDb.PrimaryEndpoint.Url,
                    dynamoDb.GetDataDirectory().Path);
                return Task.CompletedTask;
            });
    }
}
