using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard and its services listen, from the AppHost's launch profile.</summary>
internal static class DashboardEndpoints
{
    private const string DefaultOtlpUrl = "http://localhost:18889";

    public const string OtlpApiKeyName = "AppHost:OtlpApiKey";

    /// <summary>Where a resource sends its telemetry: over gRPC where both are possible and none is asked for.</summary>
    public static (string Url, string Protocol) Otlp(IConfiguration configuration, OtlpProtocol? required)
    {
        var grpc = Get(configuration, "DASHBOARD_OTLP_ENDPOINT_URL");
        var http = Get(configuration, "DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
        return required switch
        {
            OtlpProtocol.Grpc => (grpc ?? DefaultOtlpUrl, "grpc"),
            OtlpProtocol.HttpProtobuf => (http ?? throw Missing("DASHBOARD_OTLP_HTTP_ENDPOINT_URL"), "http/protobuf"),
            OtlpProtocol.HttpJson => (http ?? throw Missing("DASHBOARD_OTLP_HTTP_ENDPOINT_URL"), "http/json"),
            _ when grpc is null && http is not null => (http, "http/protobuf"),
            _ => (grpc ?? DefaultOtlpUrl, "grpc"),
        };
    }

    /// <summary>A setting by the name that Aspire gives it, or by the one it used to have.</summary>
    public static string? Get(IConfiguration configuration, string name) =>
        configuration["ASPIRE_" + name] is { Length: > 0 } value ? value : configuration["DOTNET_" + name] is { Length: > 0 } legacy ? legacy : null;

    private static InvalidOperationException Missing(string name) => new($"OtlpExporter is configured to require a protocol, but ASPIRE_{name} is not configured.");
}
