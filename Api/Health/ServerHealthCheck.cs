using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.Api.Health;

/// <summary>Checks whether a server answers, and logs when that changes.</summary>
/// <param name="server">The server's name, for the log.</param>
/// <param name="ping">Sends the server a request that needs an answer.</param>
/// <param name="logger">Logs the changes.</param>
internal abstract partial class ServerHealthCheck(string server, Func<CancellationToken, Task> ping, ILogger logger) : IHealthCheck
{
    /// <summary>The time within which a server has to answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private bool _isAvailable = true;

    /// <summary>Whether the server has answered since this process started.</summary>
    protected bool HasAnswered { get; private set; }

    /// <summary>The status of this process while the server is unavailable.</summary>
    protected abstract HealthStatus StatusWithoutServer { get; }

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await ping(cancellationToken).WaitAsync(Timeout, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Note(isAvailable: false, exception.GetType().Name);
            return new(StatusWithoutServer, $"{server} is unavailable.");
        }

        HasAnswered = true;
        Note(isAvailable: true, reason: "");
        return HealthCheckResult.Healthy();
    }

    private void Note(bool isAvailable, string reason)
    {
        lock (_lock)
        {
            if (isAvailable == _isAvailable)
            {
                return;
            }

            _isAvailable = isAvailable;
        }

        if (isAvailable)
        {
            LogAvailable(logger, server);
        }
        else
        {
            LogUnavailable(logger, server, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Server} is unavailable: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string server, string reason);

    [LoggerMessage(LogLevel.Information, "{Server} is available again.")]
    private static partial void LogAvailable(ILogger logger, string server);
}

/// <summary>
/// Without Postgres the API is degraded: the users that it remembers still send and read messages. A process that has never
/// reached Postgres remembers nobody and is unhealthy.
/// </summary>
internal sealed class PostgresHealthCheck(Func<CancellationToken, Task> ping, ILogger<PostgresHealthCheck> logger)
    : ServerHealthCheck("Postgres", ping, logger)
{
    protected override HealthStatus StatusWithoutServer => HasAnswered ? HealthStatus.Degraded : HealthStatus.Unhealthy;
}

/// <summary>Without DynamoDB there are no messages, and the API is unhealthy.</summary>
internal sealed class DynamoDbHealthCheck(Func<CancellationToken, Task> ping, ILogger<DynamoDbHealthCheck> logger)
    : ServerHealthCheck("DynamoDB", ping, logger)
{
    protected override HealthStatus StatusWithoutServer => HealthStatus.Unhealthy;
}
