using Cruddur.Data.DynamoDb;
using Cruddur.Data.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.Api.Health;

/// <summary>Readiness: whether this process can serve requests.</summary>
internal static class HealthChecks
{
    /// <summary>Adds the checks of both databases, and of the notifications from Postgres.</summary>
    public static IServiceCollection AddDatabaseHealthChecks(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PostgresHealthCheck(
            provider.GetRequiredService<PostgresClient>().PingAsync, provider.GetRequiredService<ILogger<PostgresHealthCheck>>()));
        services.AddSingleton(provider => new DynamoDbHealthCheck(
            provider.GetRequiredService<MessagesTableClient>().PingAsync, provider.GetRequiredService<ILogger<DynamoDbHealthCheck>>()));
        services.AddHealthChecks()
            .AddCheck<PostgresHealthCheck>("postgres")
            .AddCheck<DynamoDbHealthCheck>("dynamodb")
            .AddCheck<NotificationsHealthCheck>("notifications");
        return services;
    }
}
