using System.Net.ServerSentEvents;
using System.Text.Json;
using Cruddur.Api.Events;
using Cruddur.Api.Messages;
using Cruddur.Api.Users;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Postgres;
using Cruddur.Data.Users;
using Cruddur.Tests;
using Cruddur.UnitTests.Data;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Cruddur.UnitTests.Api;

/// <summary>
/// Streams whose announcements are lost, and streams that resume. Postgres is unavailable throughout, so that every message is
/// found by a heartbeat and has the names of its items.
/// </summary>
public sealed class EventStreamTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(12);
    private static readonly User Andrew = new(new("aaaaaaaa-0000-4000-8000-000000000001"), "andrewbrown", "Andrew Brown");
    private static readonly User[] Others =
        [.. Enumerable.Range(0, 5).Select(i => new User(Guid.NewGuid(), $"user{i}", $"User {i}"))];

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero));
    private readonly FakeTimeProvider _senderClock = new(new(2026, 11, 22, 15, 0, 1, TimeSpan.Zero));
    private readonly FakeMessagesTable _table = new();
    private readonly NpgsqlDataSource _postgres = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
    private readonly MessageHub _hub = new();
    private readonly MessageStore _sender;
    private readonly EventStream _stream;

    public EventStreamTests()
    {
        var users = new UserDirectory(new(new PostgresClient(_postgres, new(limit: null, _clock))), _clock);
        var table = _table.NewClient(_clock);
        var cache = new ConversationCache();
        var groups = new MessageGroupStore(table, cache);
        _sender = new(table, groups, cache, new(), _senderClock);
        _stream = new(_hub, new(table, groups, cache, new(), _clock), groups, users, new(users), _clock);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task A_message_without_an_announcement_arrives_at_the_next_heartbeat()
    {
        await using var listener = await OpenAsync();
        var sent = await SendAsync(Others[0], "hello");

        Assert.Equal([sent.Uuid], await listener.UntilHeartbeatAsync());
        Assert.Empty(await listener.UntilHeartbeatAsync());
    }

    [Fact]
    public async Task A_stream_stays_open_while_dynamodb_is_unavailable()
    {
        await using var listener = await OpenAsync();
        _table.IsUnavailable = true;
        Assert.Empty(await listener.UntilHeartbeatAsync());

        // No message is older than the reads of the failed heartbeats allow, however long the outage is.
        for (var i = 0; i < 6; i++)
        {
            Assert.Empty(await listener.UntilHeartbeatAsync());
        }

        _table.IsUnavailable = false;
        _senderClock.Advance(_clock.GetUtcNow() - _senderClock.GetUtcNow() - TimeSpan.FromSeconds(50));
        var sent = await SendAsync(Others[0], "during");
        Assert.Equal([sent.Uuid], await listener.UntilHeartbeatAsync());
    }

    [Fact]
    public async Task A_listener_that_missed_too_much_must_reload()
    {
        await using var listener = await OpenAsync();
        for (var i = 0; i <= 500; i++)
        {
            await SendAsync(Others[0], $"{i}");
        }

        _clock.Advance(Heartbeat);
        Assert.Equal(EventTypes.Reset, (await listener.NextAsync()).EventType);
        Assert.Equal(EventTypes.Heartbeat, (await listener.NextAsync()).EventType);
        Assert.Empty(await listener.UntilHeartbeatAsync());
    }

    [Fact]
    public async Task A_listener_loads_everything_again_after_a_lost_connection_when_dynamodb_is_available()
    {
        _hub.OnConnected();
        await using var listener = await OpenAsync();
        var missed = await SendAsync(Others[0], "missed");
        _table.IsUnavailable = true;
        _hub.OnConnected();
        Assert.Equal(EventTypes.Heartbeat, (await listener.NextAsync()).EventType);

        _table.IsUnavailable = false;
        _clock.Advance(Heartbeat);
        Assert.Equal(EventTypes.Message, (await listener.NextAsync()).EventType);
        Assert.Equal(EventTypes.MessageGroup, (await listener.NextAsync()).EventType);
        Assert.Equal(EventTypes.Reload, (await listener.NextAsync()).EventType);
        Assert.Equal(EventTypes.Heartbeat, (await listener.NextAsync()).EventType);
        Assert.Empty(await listener.UntilHeartbeatAsync());
    }

    /// <summary>
    /// Messages of several conversations become visible up to 12 seconds late, and the stream breaks and resumes at random.
    /// </summary>
    [Fact]
    public async Task A_stream_that_breaks_and_resumes_receives_every_message_once_and_in_order()
    {
        var seed = TestSeed.Next();
        var random = new Random(seed);
        var sent = new List<Message>();
        var received = new List<Guid>();
        var listener = await OpenAsync();
        _clock.Advance(MaxLag);
        for (var round = 0; round < 100; round++)
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                // The clock of the sender is behind: its messages look older than they are.
                var lag = MaxLag * random.NextDouble();
                _senderClock.SetUtcNow(Max(_senderClock.GetUtcNow(), _clock.GetUtcNow() - lag));
                sent.Add(await SendAsync(Others[random.Next(Others.Length)], $"{sent.Count}"));
            }

            if (random.Next(3) == 0)
            {
                // The break comes at any event, also between the two events of a message.
                _clock.Advance(Heartbeat);
                received.AddRange(await listener.ReadAsync(events: random.Next(6)));
                await listener.DisposeAsync();
                _clock.Advance(TimeSpan.FromSeconds(random.Next(40)));
                listener = await OpenAsync(listener.LastEventId);
            }
            else
            {
                received.AddRange(await listener.UntilHeartbeatAsync());
            }
        }

        received.AddRange(await listener.UntilHeartbeatAsync());
        received.AddRange(await listener.UntilHeartbeatAsync());
        await listener.DisposeAsync();
        foreach (var conversation in sent.GroupBy(message => message.GroupUuid))
        {
            var uuids = conversation.Select(message => message.Uuid).ToList();
            Assert.True(uuids.SequenceEqual(received.Where(uuids.Contains)), $"Seed {seed}");
        }
    }

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    /// <summary>Sends a message. Time passes meanwhile, since two heads of one user can't have the same time.</summary>
    private async Task<Message> SendAsync(User sender, string text)
    {
        var sending = _sender.SendAsync(sender, Andrew, text, key: null, Cancelled);
        while (!sending.IsCompleted)
        {
            _senderClock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.WhenAny(sending, Task.Delay(1, Cancelled));
        }

        return await sending;
    }

    private async Task<StreamListener> OpenAsync(string? lastEventId = null)
    {
        var position = lastEventId is null ? null : EventPosition.Parse(lastEventId);
        var listener = new StreamListener(_stream, position, _clock);
        Assert.Equal(EventTypes.Ready, (await listener.NextAsync()).EventType);
        return listener;
    }

    private sealed class StreamListener(EventStream stream, EventPosition? position, FakeTimeProvider clock) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private IAsyncEnumerator<SseItem<string>>? _events;
        private Guid _message;

        public string? LastEventId { get; private set; }

        public async Task<SseItem<string>> NextAsync()
        {
            _events ??= stream.ListenAsync(Andrew, position, _end.Token).GetAsyncEnumerator(Cancelled);
            Assert.True(await _events.MoveNextAsync().AsTask().WaitAsync(Limit, Cancelled));
            LastEventId = _events.Current.EventId ?? LastEventId;
            return _events.Current;
        }

        /// <summary>The messages until the next heartbeat, which is due.</summary>
        public Task<List<Guid>> UntilHeartbeatAsync()
        {
            clock.Advance(Heartbeat);
            return ReadAsync(int.MaxValue);
        }

        /// <summary>
        /// The messages in the next events or until a heartbeat. A message counts with its second event, which has the id.
        /// </summary>
        public async Task<List<Guid>> ReadAsync(int events)
        {
            var messages = new List<Guid>();
            for (var i = 0; i < events; i++)
            {
                var next = await NextAsync();
                switch (next.EventType)
                {
                    case EventTypes.Message:
                        _message = JsonDocument.Parse(next.Data).RootElement.GetProperty("uuid").GetGuid();
                        break;
                    case EventTypes.MessageGroup:
                        messages.Add(_message);
                        break;
                    case EventTypes.Heartbeat:
                        return messages;
                    default:
                        Assert.Fail(next.EventType);
                        break;
                }
            }

            return messages;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            if (_events is not null)
            {
                await _events.DisposeAsync();
            }

            _end.Dispose();
        }
    }
}
