using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Integrations.EmbeddedDynamoDb;

/// <summary>DynamoDB Local as a process on loopback.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="workingDirectory">The directory that the process starts in.</param>
public sealed class EmbeddedDynamoDbResource(string name, string workingDirectory)
    : ExecutableResource(name, ExternalProgram.Java, workingDirectory), IResourceWithDataDirectory
{
    /// <summary>The endpoint that AWS SDKs connect to.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");
}
