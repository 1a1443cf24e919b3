using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Integrations.Npm;
using Cruddur.AppHost.Ports;

namespace Cruddur.AppHost.Frontend;

/// <summary>Adds the React app to the app model.</summary>
public static class FrontendExtensions
{
    /// <summary>
    /// Adds the React app on Vite's development server. Its npm packages are installed when they are missing, older than the lock file
    /// or for another platform. Otherwise the installer is hidden, and can be started by hand.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    public static IResourceBuilder<ViteAppResource> AddFrontend(this IDistributedApplicationBuilder builder, string name)
    {
        const string directory = "../frontend-react-js";
        var installed = NpmPackages.AreInstalled(Path.Combine(builder.AppHostDirectory, directory));

        var frontend = builder.AddViteApp(name, directory)
            .WithNpm(install: !installed, installCommand: "ci")
            .WithPreferredPort()
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/");
        foreach (var installer in builder.Resources.OfType<JavaScriptInstallerResource>().Select(builder.CreateResourceBuilder).ToArray())
        {
            _ = installed ? installer.WithHidden() : installer.WithHiddenOnCompletion(0);
        }

        return frontend;
    }

    /// <summary>
    /// Injects the addresses of the API and the user pool, under the names that the old front end read, and lets the API answer the front
    /// end's pages.
    /// </summary>
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
        if (userPool.Emulator is { } emulator)
        {
            frontend.WithEnvironment("REACT_APP_COGNITO_ENDPOINT", emulator.GetEndpoint("http"));
        }

        // Browsers may call the API from these pages only. A callback, because the API does not use the front end: the overload that
        // takes an endpoint would draw an arrow from the API to it in the dashboard's graph.
        api.WithEnvironment(context => context.EnvironmentVariables["FRONTEND_URL"] = frontend.GetEndpoint("http"));
        return frontend;
    }

    /// <summary>
    /// Lets the pages in the browser send their traces to the dashboard, if it accepts telemetry over HTTP. A published application
    /// has no dashboard.
    /// </summary>
    /// <param name="frontend">The React app.</param>
    public static IResourceBuilder<ViteAppResource> WithBrowserTelemetry(this IResourceBuilder<ViteAppResource> frontend)
    {
        var builder = frontend.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode
            || builder.Configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] is not { Length: > 0 } endpoint)
        {
            return frontend;
        }

        return frontend
            .WithEnvironment("REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
            .WithEnvironment("REACT_APP_OTEL_SERVICE_NAME", $"{frontend.Resource.Name}-browser")
            .WithEnvironment(context =>
            {
                // The dashboard has a new key at each start, and every process gets it as a header.
                if (context.EnvironmentVariables.TryGetValue("OTEL_EXPORTER_OTLP_HEADERS", out var headers))
                {
                    context.EnvironmentVariables["REACT_APP_OTEL_EXPORTER_OTLP_HEADERS"] = headers;
                }
            });
    }
}
