using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cruddur.Data.Notifications;

/// <summary>Listens to Postgres's notifications on a connection of its own, and connects again when it is lost.</summary>
/// <param name="dataSource">The connections.</param>
/// <param name="handlers">Who hears the notifications.</param>
/// <param name="clock">The clock to wait by.</param>
/// <param name="logger">Tells of lost connections.</param>
public sealed partial class NotificationListener(
    NpgsqlDataSource dataSource, IEnumerable<INotificationHandler> handlers, TimeProvider clock, ILogger<NotificationListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long the connection may be silent before it is asked whether it is still there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, INotificationHandler> _handlers = handlers.ToDictionary(handler => handler.Channel);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (IsOfPostgres(exception) && !stoppingToken.IsCancellationRequested)
            {
                LogLost(logger, exception.GetType().Name, exception.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    /// <summary>Whatever Postgres has to say, it may be put right while this process goes on.</summary>
    private static bool IsOfPostgres(Exception exception) => exception is NpgsqlException || ServerAvailability.IsAway(exception);

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => _handlers[notification.Channel].OnNotification(notification.Payload);
        foreach (var channel in _handlers.Keys)
        {
            // A channel is a name, which no parameter can stand for; these are constants of the handlers.
            await using var listen = new NpgsqlCommand($"listen {channel}", connection);
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        foreach (var handler in _handlers.Values)
        {
            handler.OnConnected();
        }

        while (true)
        {
            if (!await connection.WaitAsync(Silence, stoppingToken))
            {
                await using var ping = new NpgsqlCommand("select 1", connection) { CommandTimeout = (int)Silence.TotalSeconds };
                await ping.ExecuteNonQueryAsync(stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Postgres does not tell of changes any more, and is asked again: {ExceptionType}: {Reason}")]
    private static partial void LogLost(ILogger logger, string exceptionType, string reason);
}
