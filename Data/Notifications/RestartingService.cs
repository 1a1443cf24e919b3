using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cruddur.Data.Notifications;

/// <summary>
/// A background service that survives every failure. A failure is logged, and the work starts again after a pause. An
/// exception of an ordinary <see cref="BackgroundService"/> stops the host, so that a rotated password would end the API.
/// </summary>
/// <param name="clock">Measures the pause.</param>
/// <param name="logger">Logs the failures.</param>
public abstract partial class RestartingService(TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Does the work until it is finished or the process stops.</summary>
    /// <param name="stoppingToken">Cancelled when the process stops.</param>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (Exception exception)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    LogFailure(logger, GetType().Name, exception.GetType().Name, exception.Message);
                }
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Service} failed and starts again in a second: {ExceptionType}: {Reason}")]
    private static partial void LogFailure(ILogger logger, string service, string exceptionType, string reason);
}
