using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>How the dashboard and the resource service are reached and by whom, from the AppHost's launch profile.</summary>
internal sealed class DashboardOptions
{
    private const string AllowUnsecuredTransport = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    private readonly IConfiguration _configuration;
    private readonly DistributedApplicationOptions _options;

    public DashboardOptions(IConfiguration configuration, DistributedApplicationOptions options)
    {
        (_configuration, _options) = (configuration, options);
        if (options.DisableDashboard || (bool.TryParse(Get("DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"), out var anonymous) && anonymous))
        {
            return;
        }

        BrowserToken = Get("DASHBOARD_FRONTEND_BROWSERTOKEN") ?? NewSecret();
        OtlpApiKey = configuration["AppHost:OtlpApiKey"] ?? NewSecret();
        ResourceServiceApiKey = Get("DASHBOARD_RESOURCESERVICE_APIKEY") ?? NewSecret();
        ApiKey = configuration["AppHost:DashboardApiKey"] ?? NewSecret();
    }

    /// <summary>The token of the login URL; null lets everybody in.</summary>
    public string? BrowserToken { get; }

    /// <summary>What a sender of telemetry has to show.</summary>
    public string? OtlpApiKey { get; }

    /// <summary>What the dashboard has to show to the resource service.</summary>
    public string? ResourceServiceApiKey { get; }

    /// <summary>What a client of the dashboard's own API has to show.</summary>
    public string? ApiKey { get; }

    public string? FrontendUrl => _configuration["ASPNETCORE_URLS"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    public string? OtlpGrpcUrl => Get("DASHBOARD_OTLP_ENDPOINT_URL");

    public string? OtlpHttpUrl => Get("DASHBOARD_OTLP_HTTP_ENDPOINT_URL");

    public string? ResourceServiceUrl => Get("RESOURCE_SERVICE_ENDPOINT_URL");

    public string? CorsAllowedOrigins => Get("DASHBOARD_CORS_ALLOWED_ORIGINS");

    public bool ShowDashboardResource => bool.TryParse(Get("SHOW_DASHBOARD_RESOURCES"), out var show) && show;

    public string EnvironmentName => _configuration["ASPNETCORE_ENVIRONMENT"] ?? "Production";

    public string ApplicationName(string hostName)
    {
        const string suffix = "AppHost";
        var name = _options.DashboardApplicationName ?? hostName;
        return name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && name.Length > suffix.Length ? name[..^suffix.Length].TrimEnd('.') : name;
    }

    /// <summary>Settings of the dashboard itself, which it gets as they are.</summary>
    public IEnumerable<KeyValuePair<string, string?>> PassedOn => _configuration.AsEnumerable()
        .Where(s => s.Value is not null && s.Key.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase) && !s.Key.EndsWith("CORS_ALLOWED_ORIGINS", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="DistributedApplicationException">A URL is no URL, is not on this machine, or uses http without leave.</exception>
    public void Validate()
    {
        var allowed = _options.AllowUnsecuredTransport || (bool.TryParse(_configuration[AllowUnsecuredTransport], out var allow) && allow);
        Check("applicationUrl", FrontendUrl);
        Check("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", OtlpGrpcUrl);
        Check("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", OtlpHttpUrl);
        Check("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", ResourceServiceUrl);

        void Check(string name, string? url)
        {
            if (url is null)
            {
                return;
            }

            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            {
                throw new DistributedApplicationException($"The '{name}' setting of the launch profile has value '{url}' which could not be parsed as a URI.");
            }

            if (!uri.IsLoopback)
            {
                throw new DistributedApplicationException($"The '{name}' setting must contain a local loopback address, not '{url}'.");
            }

            if (uri.Scheme == Uri.UriSchemeHttps)
            {
                throw new DistributedApplicationException($"The '{name}' setting is an https address, which the offline hosting build does not serve. Use an http launch profile with '{AllowUnsecuredTransport}' set to true.");
            }

            if (!allowed)
            {
                throw new DistributedApplicationException($"The '{name}' setting must be an https address unless the '{AllowUnsecuredTransport}' environment variable is set to true. This configuration is commonly set in the launch profile. See https://aka.ms/aspire/allowunsecuredtransport for more details.");
            }
        }
    }

    /// <summary>The port of a URL, 0 where there is none.</summary>
    public static int Port(string? url) => url is null ? 0 : BindingAddress.Parse(url).Port;

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A setting by the name that Aspire gives it, or by the one it used to have.</summary>
    private string? Get(string name) => _configuration["ASPIRE_" + name] is { Length: > 0 } value ? value
        : _configuration["DOTNET_" + name] is { Length: > 0 } legacy ? legacy
        : null;
}
