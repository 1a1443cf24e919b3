using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Session;

/// <summary>
/// The environment variables of a verb of the seeder. They equal those of the seeder that the AppHost starts, and are known while that one
/// waits, and when it has failed.
/// </summary>
/// <param name="seeder">The seeder.</param>
/// <param name="database">The database.</param>
/// <param name="dynamoDb">DynamoDB Local, or <see langword="null"/> for DynamoDB on AWS.</param>
/// <param name="userPool">The user pool.</param>
internal sealed class SeederSettings(
    IResource seeder,
    IResourceBuilder<IResourceWithConnectionString> database,
    IResourceBuilder<IResourceWithEndpoints>? dynamoDb,
    UserPool userPool)
{
    /// <summary>The setting with the key of processes that send telemetry. Aspire's packages set it; the offline build reads it.</summary>
    public const string OtlpKeySetting = "AppHost:OtlpApiKey";

    private const string Dashboard = "aspire-dashboard";
    private const string OtlpEndpoint = "otlp-grpc";
    private const string OtlpAddressSetting = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";

    /// <summary>Waits until the addresses of all servers are known.</summary>
    /// <param name="services">The AppHost's services.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var variables = await ResolveTelemetryAsync(services, cancellationToken);
        if (await database.Resource.GetConnectionStringAsync(cancellationToken) is { } connectionString)
        {
            variables[$"ConnectionStrings__{database.Resource.Name}"] = connectionString;
        }

        foreach (var (name, value) in AwsSettings.ForDynamoDb(dynamoDb).Concat(AwsSettings.ForUserPool(userPool)))
        {
            if (await value.GetValueAsync(cancellationToken) is { } text)
            {
                variables[name] = text;
            }
        }

        return variables;
    }

    /// <summary>The variables by which the telemetry of a verb reaches the dashboard, which shows it as the seeder's.</summary>
    private async Task<Dictionary<string, string>> ResolveTelemetryAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // The dashboard is in the app model before the first resource has a state.
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var instance = (await notifications.WaitForResourceAsync(seeder.Name, _ => true, cancellationToken)).ResourceId;
        var resources = services.GetRequiredService<DistributedApplicationModel>().Resources;
        var configuration = services.GetRequiredService<IConfiguration>();
        var address = resources.FirstOrDefault(resource => resource.Name == Dashboard) is IResourceWithEndpoints dashboard
            ? await ((IValueProvider)dashboard.GetEndpoint(OtlpEndpoint)).GetValueAsync(cancellationToken)
            : configuration[OtlpAddressSetting];
        if (string.IsNullOrEmpty(address))
        {
            return [];
        }

        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            [TelemetryExtensions.TimeoutVariable] = TelemetryExtensions.TimeoutMilliseconds,
            ["OTEL_SERVICE_NAME"] = seeder.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance[(instance.LastIndexOf('-') + 1)..]}",
        };
        if (configuration[OtlpKeySetting] is { Length: > 0 } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        return variables;
    }
}
