using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Adds the dashboard to the app model, as one more process with endpoints.</summary>
internal sealed class DashboardResource(
    DistributedApplicationModel model,
    DashboardOptions options,
    EngineOptions engine,
    ResourceServiceHost resourceService,
    ILoggerFactory loggerFactory) : IDistributedApplicationEventingSubscriber
{
    public const string Name = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";
    private const string FrontendEndpoint = "http";

    private readonly ILogger _logger = loggerFactory.CreateLogger("Aspire.Hosting.DistributedApplication");

    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            options.Validate();
            var dashboard = Create();
            model.Resources.Insert(0, dashboard);
            eventing.Subscribe<ResourceReadyEvent>(dashboard, (_, _) =>
            {
                Announce(dashboard);
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    private ExecutableResource Create()
    {
        if (!File.Exists(engine.DashboardPath))
        {
            throw new DistributedApplicationException($"The Aspire dashboard is not at {engine.DashboardPath}. Build the AppHost again, which installs it.");
        }

        var dashboard = new ExecutableResource(Name, engine.DashboardPath, Path.GetDirectoryName(engine.DashboardPath)!);
        dashboard.Annotations.Add(new LifecycleCommands.ExcludeAnnotation());
        dashboard.Annotations.Add(new ResourceIconAnnotation("ContentView"));
        if (!options.ShowDashboardResource)
        {
            dashboard.Annotations.Add(new HiddenAnnotation());
        }

        AddEndpoint(FrontendEndpoint, options.FrontendUrl);
        if (options.OtlpGrpcUrl is not null || options.OtlpHttpUrl is null)
        {
            AddEndpoint(OtlpGrpcEndpoint, options.OtlpGrpcUrl);
        }

        if (options.OtlpHttpUrl is not null || options.OtlpGrpcUrl is null)
        {
            AddEndpoint(OtlpHttpEndpoint, options.OtlpHttpUrl);
        }

        dashboard.Annotations.Add(new CommandLineArgsCallbackAnnotation(args => args.Add("dashboard")));
        dashboard.Annotations.Add(new EnvironmentCallbackAnnotation(SetEnvironment));
        return dashboard;

        void AddEndpoint(string name, string? url) => dashboard.Annotations.Add(
            new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, "http", name: name, port: DashboardOptions.Port(url) is > 0 and var port ? port : null));
    }

    private void SetEnvironment(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        foreach (var (name, value) in options.PassedOn)
        {
            variables[name] = value!;
        }

        var dashboard = (ExecutableResource)context.Resource;
        variables["ASPNETCORE_ENVIRONMENT"] = options.EnvironmentName;
        variables["ASPNETCORE_URLS"] = Bound(FrontendEndpoint);
        variables["DASHBOARD__FRONTEND__PUBLICURL"] = dashboard.GetEndpoint(FrontendEndpoint);
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService.Url;
        if (dashboard.GetEndpoint(OtlpGrpcEndpoint).Exists)
        {
            variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Bound(OtlpGrpcEndpoint);
        }

        if (dashboard.GetEndpoint(OtlpHttpEndpoint).Exists)
        {
            variables["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = Bound(OtlpHttpEndpoint);
            if ((options.CorsAllowedOrigins ?? OriginsOfResources()) is { Length: > 0 } origins)
            {
                variables["DASHBOARD__OTLP__CORS__ALLOWEDORIGINS"] = origins;
                variables["DASHBOARD__OTLP__CORS__ALLOWEDHEADERS"] = "*";
            }
        }

        SetAuthentication("DASHBOARD__FRONTEND", "BrowserToken", "BROWSERTOKEN", options.BrowserToken);
        SetAuthentication("DASHBOARD__RESOURCESERVICECLIENT", "ApiKey", "APIKEY", options.ResourceServiceApiKey);
        SetAuthentication("DASHBOARD__OTLP", "ApiKey", "PRIMARYAPIKEY", options.OtlpApiKey);
        SetAuthentication("DASHBOARD__API", "ApiKey", "PRIMARYAPIKEY", options.ApiKey);
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";

        ReferenceExpression Bound(string endpoint) => ReferenceExpression.Create($"http://localhost:{dashboard.GetEndpoint(endpoint).Property(EndpointProperty.TargetPort)}");

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
        .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).Where(e => e.UriScheme is "http" or "https")
        .SelectMany(e => new[] { e.AllocatedEndpoint?.UriString, e.TargetPort is { } port ? $"{e.UriScheme}://localhost:{port}" : null })
        .OfType<string>().Distinct());

    private void Announce(ExecutableResource dashboard)
    {
        var url = dashboard.GetEndpoint(FrontendEndpoint).Url;
        _logger.LogInformation("Now listening on: {DashboardUrl}", url);
        if (options.BrowserToken is { } token)
        {
            // dotnet watch opens the browser on these words.
            _logger.LogInformation("Login to the dashboard at {LoginUrl}", $"{url}/login?t={token}");
        }
    }
}
