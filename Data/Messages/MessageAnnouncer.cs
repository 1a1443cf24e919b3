using System.Threading.Channels;
using Cruddur.Data.Postgres;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cruddur.Data.Messages;

/// <summary>
/// Announces messages through Postgres, beside the requests that send them: a message is sent whether or not Postgres
/// is there to tell of it, and who listens makes up for what was not told.
/// </summary>
/// <param name="postgres">The database.</param>
/// <param name="clock">The clock to wait by.</param>
public sealed class MessageAnnouncer(PostgresClient postgres, TimeProvider clock) : BackgroundService
{
    private const int MostAtOnce = 100;
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly string Announcements = SqlText.Read("Messages/announce.sql");

    private readonly Channel<MessageAnnouncement> _waiting = Channel.CreateBounded<MessageAnnouncement>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Announces a message soon.</summary>
    /// <param name="announcement">What to tell.</param>
    public void Announce(MessageAnnouncement announcement) => _waiting.Writer.TryWrite(announcement);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            var payloads = new List<string>();
            while (payloads.Count < MostAtOnce && _waiting.Reader.TryRead(out var announcement))
            {
                payloads.Add(announcement.ToString());
            }

            await AnnounceAsync([.. payloads], stoppingToken);
        }
    }

    private async Task AnnounceAsync(string[] payloads, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                NpgsqlParameter[] parameters =
                    [new NpgsqlParameter<string>("channel", MessageAnnouncement.Channel), new NpgsqlParameter<string[]>("payloads", payloads)];
                await postgres.WriteAsync(Announcements, parameters, row => row.GetString(0), stoppingToken);
                return;
            }
            catch (Exception exception) when (ServerAvailability.IsAway(exception))
            {
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }
}
