using Microsoft.Extensions.Configuration;

namespace Cruddur.AppHost.Startup;

/// <summary>Checks the ports that the launch profile gives to the dashboard.</summary>
public static class DashboardPorts
{
    private static readonly string[] Settings =
        ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    /// <summary>Makes sure that the dashboard can listen, for otherwise it would only fail in the background.</summary>
    /// <param name="builder">The AppHost's builder. Where it gives random ports, as tests do, there is nothing to check.</param>
    /// <exception cref="PrerequisiteException">Another program has one of the ports.</exception>
    public static void CheckDashboardPorts(this IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false))
        {
            return;
        }

        foreach (var setting in Settings)
        {
            foreach (var url in (builder.Configuration[setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port != 0 && !PreferredPortExtensions.IsFree(address.Port))
                {
                    throw new PrerequisiteException(
                        $"Port {address.Port} is taken, and the dashboard needs it: stop the program that has it (another AppHost?), or set {setting} to another address.");
                }
            }
        }
    }
}
