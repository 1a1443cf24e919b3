using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Integrations.DynamoDbAdmin;

/// <summary>Adds dynamodb-admin to the app model: a web page with the tables. See https://github.com/aaronshaf/dynamodb-admin.</summary>
public static class DynamoDbAdminBuilderExtensions
{
    /// <summary>
    /// Adds the page as a child of the server. It starts on demand, on loopback and any free port. The first start downloads it
    /// from npm.
    /// </summary>
    /// <param name="dynamoDb">A DynamoDB server that accepts any credentials.</param>
    /// <param name="name">The name of the page's resource.</param>
    public static IResourceBuilder<IResourceWithEndpoints> WithDynamoDbAdmin(
        this IResourceBuilder<IResourceWithEndpoints> dynamoDb, [ResourceName] string name)
    {
        var builder = dynamoDb.ApplicationBuilder;
        var directory = Path.Combine(builder.AppHostDirectory, "Integrations", "DynamoDbAdmin");
        builder.AddExecutable(name, "node", directory, "start.mjs")
            .WithHttpEndpoint(env: "PORT")
            .WithEnvironment("HOST", "127.0.0.1")
            .WithEnvironment("DYNAMO_ENDPOINT", dynamoDb.GetEndpoint("http"))
            .WithEnvironment("AWS_REGION", "us-east-1")
            .WithEnvironment("AWS_ACCESS_KEY_ID", "local")
            .WithEnvironment("AWS_SECRET_ACCESS_KEY", "local")
            // A warning that later versions of the SDK need a newer Node.js. The lock file pins the version.
            .WithEnvironment("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true")
            // The page refuses to run in production.
            .WithEnvironment("NODE_ENV", "development")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Tables")
            .WithHttpHealthCheck("/")
            .WithIconName("TableSearch")
            .WithParentRelationship(dynamoDb)
            .WaitFor(dynamoDb)
            .WithExplicitStart();
        return dynamoDb;
    }
}
