using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.Npm;

namespace Cruddur.AppHost.Integrations.CognitoLocal;

/// <summary>Adds the Cognito emulator cognito-local to the app model. See https://github.com/jagregory/cognito-local.</summary>
public static class CognitoLocalBuilderExtensions
{
    private const string Package = "cognito-local";

    /// <summary>Adds the emulator on loopback. It needs Node.js. Confirmation codes are printed to its console log.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The TCP port on loopback; any free one when left out.</param>
    public static IResourceBuilder<CognitoLocalResource> AddCognitoLocal(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        var directory = Path.Combine(builder.AppHostDirectory, ".data", name);
        var cognito = new CognitoLocalResource(name, directory);

        return builder.AddResource(cognito)
            .WithNpmPackage(Package)
            .WithDataDirectory(directory)
            .WithArgs(context =>
            {
                context.Args.Add(Path.Combine(builder.AppHostDirectory, "Integrations", "CognitoLocal", "start.cjs"));
                context.Args.Add(cognito.GetNpmPackageDirectory());
            })
            .WithHttpEndpoint(port: port, env: "PORT")
            .WithEnvironment("HOST", "127.0.0.1")
            .WithHttpHealthCheck("/health")
            .WithIconName("PersonKey")
            .WithStartPreparation((_, _) =>
            {
                var pools = cognito.Annotations.OfType<CognitoLocalPool>().ToArray();
                CognitoLocalFiles.Write(cognito.GetDataDirectory().Path, new Uri(cognito.PrimaryEndpoint.Url), pools);
                return Task.CompletedTask;
            });
    }

    /// <summary>Adds a user pool with an app client and users.</summary>
    /// <param name="cognito">The emulator.</param>
    /// <param name="pool">The pool.</param>
    public static IResourceBuilder<CognitoLocalResource> WithUserPool(
        this IResourceBuilder<CognitoLocalResource> cognito, CognitoLocalPool pool) =>
        cognito.WithAnnotation(pool);
}
