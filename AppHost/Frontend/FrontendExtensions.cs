using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Frontend;

/// <summary>Adds the React app to the app model.</summary>
public static class FrontendExtensions
{
    /// <summary>Adds the React app on Vite's development server. Its npm packages are installed when the lock file has changed, and on demand from the dashboard.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    public static IResourceBuilder<ViteAppResource> AddFrontend(this IDistributedApplicationBuilder builder, string name)
    {
        const string directory = "../frontend-react-js";
        var installed = NpmPackages.AreInstalled(Path.Combine(builder.AppHostDirectory, directory));

        return builder.AddViteApp(name, directory)
            .WithNpm(install: !installed, installCommand: "ci")
            .WithEndpoint("http", endpoint => endpoint.Port = builder.PreferredPort(name))
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/");
    }

    /// <summary>Injects the addresses of the API and the user pool, under the names that the old front end read.</summary>
    /// <param name="frontend">The React app.</param>
    /// <param name="api">The API.</param>
    /// <param name="userPool">The user pool.</param>
    public static IResourceBuilder<ViteAppResource> WithBackend(
        this IResourceBuilder<ViteAppResource> frontend, IResourceBuilder<ProjectResource> api, UserPool userPool)
    {
        frontend
            .WithReference(api)
            .WithEnvironment("REACT_APP_BACKEND_URL", api.GetEndpoint("http"))
            .WithEnvironment("REACT_APP_AWS_COGNITO_REGION", userPool.Region)
            .WithEnvironment("REACT_APP_AWS_USER_POOLS_ID", userPool.PoolId)
            .WithEnvironment("REACT_APP_CLIENT_ID", userPool.ClientId);

        return userPool.Emulator is { } emulator
            ? frontend.WithEnvironment("REACT_APP_COGNITO_ENDPOINT", emulator.GetEndpoint("http"))
            : frontend;
    }

    /// <summary>Lets the pages in the browser send their traces to the dashboard, where it takes telemetry over HTTP.</summary>
    /// <param name="frontend">The React app.</param>
    public static IResourceBuilder<ViteAppResource> WithBrowserTelemetry(this IResourceBuilder<ViteAppResource> frontend)
    {
        var configuration = frontend.ApplicationBuilder.Configuration;
        if (configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] is not { Length: > 0 } endpoint)
        {
            return frontend;
        }

        return frontend
            .WithEnvironment("REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
            .WithEnvironment("REACT_APP_OTEL_SERVICE_NAME", $"{frontend.Resource.Name}-browser")
            .WithEnvironment(context =>
            {
                // The key that the dashboard asks for is made at each start and given to every process as a header.
                if (context.EnvironmentVariables.TryGetValue("OTEL_EXPORTER_OTLP_HEADERS", out var headers))
                {
                    context.EnvironmentVariables["REACT_APP_OTEL_EXPORTER_OTLP_HEADERS"] = headers;
                }
            });
    }
}
