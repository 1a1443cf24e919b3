using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Integrations.CognitoLocal;

/// <summary>The Cognito emulator cognito-local as a process on loopback.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="workingDirectory">The directory that the process starts in.</param>
public sealed class CognitoLocalResource(string name, string workingDirectory)
    : ExecutableResource(name, "node", workingDirectory), IResourceWithDataDirectory
{
    /// <summary>The endpoint that AWS SDKs and browsers connect to.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");
}

/// <summary>A user pool of the emulator, with one app client.</summary>
/// <param name="Id">The id of the pool, such as <c>us-east-1_Local</c>.</param>
/// <param name="ClientId">The id of the app client: lower-case letters and digits.</param>
/// <param name="Users">The users that the pool has from the start. People who sign up join them.</param>
public sealed record CognitoLocalPool(string Id, string ClientId, IReadOnlyList<CognitoLocalUser> Users) : IResourceAnnotation;

/// <summary>A confirmed user of a <see cref="CognitoLocalPool"/>.</summary>
/// <param name="Handle">The user name, which is also the <c>preferred_username</c>.</param>
/// <param name="Name">The display name.</param>
/// <param name="Email">A verified e-mail address that signs in as well.</param>
/// <param name="Sub">The user's id in the pool, fixed so that it survives a fresh start.</param>
/// <param name="Password">The password.</param>
public sealed record CognitoLocalUser(string Handle, string Name, string Email, string Sub, string Password);
