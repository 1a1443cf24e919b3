using Cruddur.Data.Notifications;
using Cruddur.Data.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cruddur.Data.Messages;

/// <summary>Sends the queued announcements to every process with Postgres's <c>NOTIFY</c>.</summary>
/// <param name="announcements">The announcements to send.</param>
/// <param name="postgres">The database.</param>
/// <param name="clock">Measures pauses and timeouts.</param>
/// <param name="logger">Logs failures.</param>
public sealed class MessageAnnouncer(
    MessageAnnouncements announcements, PostgresClient postgres, TimeProvider clock, ILogger<MessageAnnouncer> logger)
    : RestartingService(clock, logger)
{
    private const int BatchSize = 100;

    /// <summary>How long a stopping process may take to send the rest of its announcements.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private static readonly string Announce = SqlText.Read("Messages/announce.sql");

    private readonly TimeProvider _clock = clock;
    private readonly List<QueuedAnnouncement> _batch = [];

    /// <summary>Sends the rest of the announcements, then stops. Messages that were sent are heard although this process ends.</summary>
    /// <param name="cancellationToken">Cancelled when the process stops waiting.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        announcements.Complete();
        await (ExecuteTask ?? Task.CompletedTask)
            .WaitAsync(DrainTimeout, _clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // A batch that could not be sent is still there when the service starts again.
        while (_batch.Count > 0 || await announcements.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_batch.Count < BatchSize && announcements.Reader.TryRead(out var announcement))
            {
                _batch.Add(announcement);
            }

            using var span = QueuedAnnouncement.StartSpan(_batch);

            NpgsqlParameter[] parameters =
            [
                new NpgsqlParameter<string>("channel", MessageAnnouncement.Channel),
                new NpgsqlParameter<string[]>("payloads", [.. _batch.Select(queued => queued.Announcement.ToString())]),
            ];
            await postgres.WriteAsync(Announce, parameters, row => row.GetString(0), stoppingToken);
            _batch.Clear();
        }
    }
}
