using Cruddur.Data.DynamoDb;
using Cruddur.Data.Paging;
using Cruddur.Data.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.Api.Health;

/// <summary>Readiness: the databases answer, and quickly.</summary>
internal static class HealthChecks
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddDatabaseHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<PostgresHealthCheck>("postgres", timeout: Timeout)
            .AddCheck<DynamoDbHealthCheck>("dynamodb", timeout: Timeout);
        return services;
    }

    private sealed class PostgresHealthCheck(PostgresClient database, CursorKeyStore cursorKeys) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            // Every page is signed with the key: once it is known, conversations can be read while Postgres is away.
            await cursorKeys.GetAsync(cancellationToken);
            await database.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class DynamoDbHealthCheck(MessagesTableClient table) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await table.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
