using System.Diagnostics;
using Cruddur.ApiTests.Infrastructure;
using Npgsql;

namespace Cruddur.ApiTests;

/// <summary>Messages that are stored, but whose announcement is late, lost or repeated.</summary>
public sealed class LostAnnouncementTests(ApiFixture fixture)
{
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_members_get_a_message_whose_replica_was_killed_before_it_announced_it()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var (relay, leaving) = await StartReplicaAsync();
        await using var relayScope = relay;
        await using var leavingScope = leaving;
        var groupUuid = await StartConversationAsync(leaving, one, other);
        await using var atOne = await EventListener.StartAsync(fixture.Api.Address, one.User);
        await using var atOther = await EventListener.StartAsync(fixture.Api.Address, other.User);

        // The message is committed, and no announcement can leave the replica.
        relay.Refuse();
        using var sender = new ApiClient(leaving.Address, one.User);
        var sent = await sender.SendToGroupAsync(groupUuid, "last words");
        await leaving.KillAsync();

        var start = Stopwatch.GetTimestamp();
        foreach (var listener in new[] { atOne, atOther })
        {
            Assert.Equal(sent, (await listener.NextMessageAsync()).Message);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < CatchUpLimit, $"It took {Stopwatch.GetElapsedTime(start)}.");
        Assert.True(await atOne.IsSilentAsync());
    }

    [Fact]
    public async Task A_lost_message_arrives_although_later_ones_of_other_conversations_have_arrived()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var third = await fixture.NewCallerAsync(Cancelled);
        var (relay, silent) = await StartReplicaAsync();
        await using var relayScope = relay;
        await using var silentScope = silent;
        var groupUuid = await StartConversationAsync(silent, one, other);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);

        relay.Refuse();
        using var sender = new ApiClient(silent.Address, one.User);
        var lost = await sender.SendToGroupAsync(groupUuid, "lost");
        await silent.KillAsync();

        var heard = new List<string>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; !heard.Contains(lost.Message); i++)
        {
            await third.SendToUserAsync(other.User.Handle, $"{i}");
            heard.Add((await listener.NextMessageAsync()).Message.Message);
            await Task.Delay(200, Cancelled);
            Assert.True(Stopwatch.GetElapsedTime(start) < CatchUpLimit, string.Join(' ', heard));
        }

        Assert.Equal(heard.Distinct(), heard);
    }

    [Fact]
    public async Task A_stopping_replica_sends_its_announcements_first()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var (relay, leaving) = await StartReplicaAsync();
        await using var relayScope = relay;
        await using var leavingScope = leaving;
        var groupUuid = await StartConversationAsync(leaving, one, other);

        await using var connection = await fixture.Postgres.OpenConnectionAsync(Cancelled);
        await using var listen = new NpgsqlCommand("listen cruddur_messages", connection);
        await listen.ExecuteNonQueryAsync(Cancelled);
        var announced = new TaskCompletionSource();
        connection.Notification += (_, notification) =>
        {
            if (notification.Payload.StartsWith($"{groupUuid}", StringComparison.Ordinal))
            {
                announced.TrySetResult();
            }
        };

        relay.Refuse();
        using var sender = new ApiClient(leaving.Address, one.User);
        await sender.SendToGroupAsync(groupUuid, "goodbye");
        leaving.Terminate();
        relay.Resume();

        Assert.Equal(0, await leaving.StoppedAsync(Cancelled));
        while (!announced.Task.IsCompleted)
        {
            Assert.True(await connection.WaitAsync(TimeSpan.FromSeconds(5), Cancelled), "Nothing was announced.");
        }
    }

    [Fact]
    public async Task A_repeated_announcement_is_heard_once()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);
        var sent = await one.SendToUserAsync(other.User.Handle, "hello");
        Assert.Equal(sent, (await listener.NextMessageAsync()).Message);

        await AnnounceAsync(sent, one, other);
        await AnnounceAsync(sent with { CreatedAt = "2020-01-01T00:00:00.000000+00:00" }, one, other);
        Assert.True(await listener.IsSilentAsync());

        await using var resumed = await EventListener.StartAsync(fixture.Api.Address, other.User, listener.LastEventId);
        await AnnounceAsync(sent, one, other);
        Assert.True(await resumed.IsSilentAsync());
    }

    [Fact]
    public async Task A_repeated_request_is_heard_once_also_by_a_stream_that_was_opened_later()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var sent = await one.SendToUserAsync(other.User.Handle, "hello", "key");
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);

        Assert.Equal(sent, await one.SendToUserAsync(other.User.Handle, "hello", "key"));
        Assert.True(await listener.IsSilentAsync());
    }

    [Fact]
    public async Task Streams_stay_open_while_dynamodb_is_unavailable_and_go_on_by_themselves()
    {
        await using var relay = new TcpRelay(fixture.Servers.DynamoDbEndpoint.Host, fixture.Servers.DynamoDbEndpoint.Port);
        await using var api = await fixture.StartApiAsync(Cancelled, new KeyValuePair<string, string>("AWS_ENDPOINT_URL_DYNAMODB", $"http://127.0.0.1:{relay.Port}"));
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var listener = await EventListener.StartAsync(api.Address, other.User);

        relay.Refuse();
        var sent = await one.SendToUserAsync(other.User.Handle, "during");
        Assert.Equal("heartbeat", (await listener.NextOfAnyTypeAsync()).EventType);
        Assert.False(listener.HasEnded);
        relay.Resume();

        Assert.Equal(sent, (await listener.NextMessageAsync()).Message);
    }

    [Fact]
    public async Task An_open_stream_shows_the_callers_own_new_name()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, one.User);
        await fixture.Users.RenameAsync(one.User, "G'Kar", Cancelled);
        await Eventually.EqualAsync("G'Kar", async () => (await one.GetAsync($"/api/users/@{one.User.Handle}/short")).Read<MessageLine>().DisplayName);

        await one.SendToUserAsync(other.User.Handle, "I am G'Kar");
        Assert.Equal("G'Kar", (await listener.NextMessageAsync()).Message.DisplayName);
    }

    /// <summary>A replica whose way to Postgres can be blocked.</summary>
    private async Task<(TcpRelay Relay, ApiProcess Api)> StartReplicaAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(fixture.Servers.Postgres);
        var relay = new TcpRelay(settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", relay.Port);
        return (relay, await fixture.StartApiAsync(Cancelled, new KeyValuePair<string, string>("ConnectionStrings__cruddur", settings.ConnectionString)));
    }

    /// <summary>Starts a conversation at a replica, which then has its members in its cache.</summary>
    private static async Task<Guid> StartConversationAsync(ApiProcess replica, ApiClient one, ApiClient other)
    {
        using var atReplica = new ApiClient(replica.Address, one.User);
        await using var listener = await EventListener.StartAsync(replica.Address, other.User);
        var groupUuid = (await atReplica.SendToUserAsync(other.User.Handle, "before")).MessageGroupUuid;
        await atReplica.SendToGroupAsync(groupUuid, "before too");
        await listener.NextMessageAsync();
        await listener.NextMessageAsync();
        return groupUuid;
    }

    private async Task AnnounceAsync(SentMessage message, ApiClient one, ApiClient other)
    {
        await using var notify = fixture.Postgres.CreateCommand("select pg_notify('cruddur_messages', $1)");
        notify.Parameters.AddWithValue($"{message.MessageGroupUuid}|{one.User.Uuid}|{other.User.Uuid}|{message.CreatedAt}");
        await notify.ExecuteNonQueryAsync(Cancelled);
    }
}
