using Cruddur.Data.Notifications;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.Api.Health;

/// <summary>Without notifications the API is degraded: changes of users and messages of other replicas arrive late.</summary>
internal sealed class NotificationsHealthCheck(NotificationListener listener) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(listener.IsListening
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("Notifications from Postgres do not arrive."));
}
