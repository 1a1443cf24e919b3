using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Embedded;
using Cruddur.AppHost.Startup;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Cognito;

/// <summary>Adds the user pool to the app model.</summary>
public static class CognitoExtensions
{
    private const string Package = "cognito-local";

    /// <summary>
    /// Takes the real pool that the settings name, or adds the emulator as <see cref="CruddurResources.Cognito"/>.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="packages">The npm packages, of which one holds the emulator.</param>
    /// <param name="state">Where the emulator keeps the people who sign up.</param>
    /// <exception cref="PrerequisiteException">The settings name a pool that does not exist.</exception>
    public static async Task<UserPool> AddUserPoolAsync(this IDistributedApplicationBuilder builder, EmbeddedPackages packages, StateDirectory state)
    {
        if (UserPool.Parse(builder.Configuration[UserPool.PoolIdSetting], builder.Configuration[UserPool.ClientIdSetting]) is { } real)
        {
            using var client = new HttpClient();
            await real.CheckExistsAsync(client);
            return real;
        }

        return new UserPool(LocalPool.PoolId, LocalPool.ClientId, builder.AddCognitoLocal(CruddurResources.Cognito, packages, state));
    }

    private static IResourceBuilder<ExecutableResource> AddCognitoLocal(
        this IDistributedApplicationBuilder builder, string name, EmbeddedPackages packages, StateDirectory state)
    {
        var directory = state.For(name);
        var server = builder.AddExecutable(name, "node", directory, Path.Combine(packages.DirectoryOf(Package), "lib", "bin", "start.js"))
            .WithHttpEndpoint(port: builder.PreferredPort(name), env: "PORT")
            .WithEnvironment("HOST", "127.0.0.1")
            .WithIconName("PersonKey");

        return packages.Await(server)
            .WithHttpHealthCheck("/health")
            .OnBeforeResourceStarted(async (resource, @event, cancellationToken) =>
            {
                await @event.Services.GetRequiredService<ResourceNotificationService>().WaitForDependenciesAsync(resource, cancellationToken);
                CognitoLocalFiles.Write(directory, new Uri(server.GetEndpoint("http").Url));
            });
    }
}
