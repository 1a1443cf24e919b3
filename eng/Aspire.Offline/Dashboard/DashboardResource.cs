using System.Net.Sockets;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestrator;

namespace Aspire.Hosting.Dashboard;

/// <summary>Adds the dashboard to the app model, as a process with endpoints.</summary>
internal sealed class DashboardResource(
    DistributedApplicationModel model,
    DashboardOptions options,
    EngineOptions engine,
    ResourceServiceHost resourceService,
    IDistributedApplicationEventing eventing,
    ILoggerFactory loggerFactory)
{
    public const string Name = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    private const string OtlpHttpEndpoint = "otlp-http";
    private const string FrontendEndpoint = "http";

    private readonly ILogger _logger = loggerFactory.CreateLogger("Aspire.Hosting.DistributedApplication");

    public void AddToModel()
    {
        options.Validate();
        if (!File.Exists(engine.DashboardPath))
        {
            throw new DistributedApplicationException(
                $"The Aspire dashboard is not at {engine.DashboardPath}. Build the AppHost again, which installs it.");
        }

        var dashboard = new ExecutableResource(Name, engine.DashboardPath, Path.GetDirectoryName(engine.DashboardPath)!)
        {
            Annotations =
            {
                new LifecycleCommands.ExcludeAnnotation(),
                new ResourceIconAnnotation("ContentView", IconVariant.Filled),
                new HiddenAnnotation(onExitCode: null),
                Endpoint(FrontendEndpoint, options.FrontendUrl),
                Endpoint(OtlpGrpcEndpoint, options.OtlpGrpcUrl),
                Endpoint(OtlpHttpEndpoint, options.OtlpHttpUrl),
                new CommandLineArgsCallbackAnnotation(context => context.Args.Add("dashboard")),
            },
        };
        dashboard.Annotations.Add(new EnvironmentCallbackAnnotation(context => SetEnvironment(dashboard, context.EnvironmentVariables)));
        model.Resources.Insert(0, dashboard);
        eventing.Subscribe<ResourceReadyEvent>(dashboard, (_, _) =>
        {
            LogUrls(dashboard);
            return Task.CompletedTask;
        });
    }

    private static EndpointAnnotation Endpoint(string name, string? url) =>
        new(ProtocolType.Tcp, "http", name, DashboardOptions.Port(url) is > 0 and var port ? port : null);

    private void SetEnvironment(ExecutableResource dashboard, Dictionary<string, object> variables)
    {
        variables["ASPNETCORE_ENVIRONMENT"] = options.EnvironmentName;
        variables["ASPNETCORE_URLS"] = ListenUrl(FrontendEndpoint);
        variables["DASHBOARD__FRONTEND__PUBLICURL"] = dashboard.GetEndpoint(FrontendEndpoint);
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService.Url;
        variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = ListenUrl(OtlpGrpcEndpoint);
        variables["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = ListenUrl(OtlpHttpEndpoint);
        variables["DASHBOARD__OTLP__CORS__ALLOWEDORIGINS"] = OriginsOfResources();
        variables["DASHBOARD__OTLP__CORS__ALLOWEDHEADERS"] = "*";
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        SetAuthentication("DASHBOARD__FRONTEND", "BrowserToken", "BROWSERTOKEN", options.BrowserToken);
        SetAuthentication("DASHBOARD__RESOURCESERVICECLIENT", "ApiKey", "APIKEY", options.ResourceServiceApiKey);
        SetAuthentication("DASHBOARD__OTLP", "ApiKey", "PRIMARYAPIKEY", options.OtlpApiKey);
        SetAuthentication("DASHBOARD__API", "ApiKey", "PRIMARYAPIKEY", options.ApiKey);

        ReferenceExpression ListenUrl(string endpoint) =>
            ReferenceExpression.Create($"http://localhost:{dashboard.GetEndpoint(endpoint).Property(EndpointProperty.TargetPort)}");

        void SetAuthentication(string section, string mode, string setting, string? secret)
        {
            variables[$"{section}__AUTHMODE"] = secret is null ? "Unsecured" : mode;
            if (secret is not null)
            {
                variables[$"{section}__{setting}"] = secret;
            }
        }
    }

    /// <summary>A browser may send telemetry from any page that a resource serves.</summary>
    private string OriginsOfResources() => string.Join(',', model.Resources.Where(r => r.Name != Name)
        .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).Where(e => e.UriScheme is "http")
        .SelectMany(e => new[] { e.AllocatedEndpoint?.UriString, e.TargetPort is { } port ? $"http://localhost:{port}" : null })
        .OfType<string>().Distinct());

    private void LogUrls(ExecutableResource dashboard)
    {
        var url = dashboard.GetEndpoint(FrontendEndpoint).Url;
        _logger.LogInformation("Now listening on: {DashboardUrl}", url);
        if (options.BrowserToken is { } token)
        {
            // dotnet watch looks for these words and opens the browser.
            _logger.LogInformation("Login to the dashboard at {LoginUrl}", $"{url}/login?t={token}");
        }
    }
}
