using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cruddur.Data.Notifications;

/// <summary>Listens to Postgres's notifications on a connection of its own, and connects again when the connection is lost.</summary>
/// <param name="dataSource">Opens the connection.</param>
/// <param name="handlers">Receive the notifications.</param>
/// <param name="clock">Measures the pause before the next connection.</param>
/// <param name="logger">Logs lost connections and failures of handlers.</param>
public sealed partial class NotificationListener(
    NpgsqlDataSource dataSource, IEnumerable<INotificationHandler> handlers, TimeProvider clock, ILogger<NotificationListener> logger)
    : RestartingService(clock, logger)
{
    /// <summary>The name of the connection in <c>pg_stat_activity</c>, as soon as the handlers have dropped what they had cached.</summary>
    internal const string ConnectionName = "cruddur notifications";

    /// <summary>How long the connection may be silent before a query checks that the server is still there.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;
    private readonly Dictionary<string, INotificationHandler> _handlers = handlers.ToDictionary(handler => handler.Channel);
    private volatile bool _isListening;

    /// <summary>Whether notifications arrive now. Without them, what the handlers have cached can be out of date.</summary>
    public bool IsListening => _isListening;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Notify(notification.Channel, notification.Payload);
        foreach (var channel in _handlers.Keys)
        {
            // A channel is an identifier, which can't be a parameter. These are constants of the handlers.
            await using var listen = new NpgsqlCommand($"listen {channel}", connection);
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        foreach (var handler in _handlers.Values)
        {
            handler.OnConnected();
        }

        await using var name = new NpgsqlCommand($"set application_name = '{ConnectionName}'", connection);
        await name.ExecuteNonQueryAsync(stoppingToken);

        _isListening = true;
        try
        {
            while (true)
            {
                if (!await connection.WaitAsync(KeepAlive, stoppingToken))
                {
                    await using var ping = new NpgsqlCommand("select 1", connection) { CommandTimeout = (int)KeepAlive.TotalSeconds };
                    await ping.ExecuteNonQueryAsync(stoppingToken);
                }
            }
        }
        finally
        {
            _isListening = false;
        }
    }

    /// <summary>Npgsql swallows the exceptions of its event handlers: log them here.</summary>
    private void Notify(string channel, string payload)
    {
        try
        {
            _handlers[channel].OnNotification(payload);
        }
        catch (Exception exception)
        {
            LogHandlerFailed(_logger, exception, channel);
        }
    }

    [LoggerMessage(LogLevel.Error, "A notification on channel {Channel} was not handled.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception, string channel);
}
