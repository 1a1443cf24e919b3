using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>The addresses and secrets of the dashboard and the resource service, from the AppHost's launch profile.</summary>
internal sealed class DashboardOptions
{
    private const string AllowUnsecuredTransport = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    private readonly IConfiguration _configuration;
    private readonly DistributedApplicationOptions _options;

    public DashboardOptions(IConfiguration configuration, DistributedApplicationOptions options)
    {
        (_configuration, _options) = (configuration, options);
        if (options.DisableDashboard || configuration.GetValue("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", false))
        {
            return;
        }

        BrowserToken = Get("ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN") ?? NewSecret();
        OtlpApiKey = Get("AppHost:OtlpApiKey") ?? NewSecret();
        ResourceServiceApiKey = Get("ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY") ?? NewSecret();
        ApiKey = Get("AppHost:DashboardApiKey") ?? NewSecret();
    }

    /// <summary>The token of the login URL; null lets everybody in.</summary>
    public string? BrowserToken { get; }

    /// <summary>The key of processes that send telemetry.</summary>
    public string? OtlpApiKey { get; }

    /// <summary>The key of the dashboard for the resource service.</summary>
    public string? ResourceServiceApiKey { get; }

    /// <summary>The key of clients of the dashboard's own API.</summary>
    public string? ApiKey { get; }

    public string? FrontendUrl => Get("ASPNETCORE_URLS")?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    public string? OtlpGrpcUrl => Get("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL");

    public string? OtlpHttpUrl => Get("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");

    public string? ResourceServiceUrl => Get("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL");

    public string EnvironmentName => Get("ASPNETCORE_ENVIRONMENT") ?? "Production";

    public string ApplicationName(string hostName) => _options.DashboardApplicationName ?? hostName;

    /// <exception cref="DistributedApplicationException">A URL is malformed, not local, or uses http without permission.</exception>
    public void Validate()
    {
        var allowed = _configuration.GetValue(AllowUnsecuredTransport, false);
        Check("applicationUrl", FrontendUrl);
        Check("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", OtlpGrpcUrl);
        Check("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", OtlpHttpUrl);
        Check("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", ResourceServiceUrl);

        void Check(string name, string? url)
        {
            var uri = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : null;
            var fault = url is null ? null
                : uri is null ? "is not a URL"
                : !uri.IsLoopback ? "is not a loopback address"
                : uri.Scheme == Uri.UriSchemeHttps ? "is an https address: use http in the offline hosting build"
                : !allowed ? $"is an http address: set the environment variable '{AllowUnsecuredTransport}' to true to allow that"
                : null;
            if (fault is not null)
            {
                throw new DistributedApplicationException($"The setting '{name}' of the launch profile, '{url}', {fault}.");
            }
        }
    }

    /// <summary>The port of a URL; 0 where there is no URL.</summary>
    public static int Port(string? url) => url is null ? 0 : BindingAddress.Parse(url).Port;

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private string? Get(string name) => _configuration[name] is { Length: > 0 } value ? value : null;
}
