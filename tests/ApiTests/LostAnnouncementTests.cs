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
    public async Task A_message_arrives_when_its_replica_is_killed_before_the_announcement()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var leaving = await RelayedApi.StartAsync(fixture, Cancelled);
        var groupUuid = await StartConversationAsync(leaving.Process, one, other);
        await using var atOne = await EventListener.StartAsync(fixture.Api.Address, one.User);
        await using var atOther = await EventListener.StartAsync(fixture.Api.Address, other.User);

        // The message is committed, and no announcement can leave the replica.
        leaving.Postgres.Start(Outage.Refuses);
        using var sender = leaving.NewClient(one.User);
        var sent = await sender.SendToGroupAsync(groupUuid, "last words");
        await leaving.Process.KillAsync();

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
        await using var silent = await RelayedApi.StartAsync(fixture, Cancelled);
        var groupUuid = await StartConversationAsync(silent.Process, one, other);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);

        silent.Postgres.Start(Outage.Refuses);
        using var sender = silent.NewClient(one.User);
        var lost = await sender.SendToGroupAsync(groupUuid, "lost");
        await silent.Process.KillAsync();

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
        await using var leaving = await RelayedApi.StartAsync(fixture, Cancelled);
        var groupUuid = await StartConversationAsync(leaving.Process, one, other);

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

        leaving.Postgres.Start(Outage.Refuses);
        using var sender = leaving.NewClient(one.User);
        await sender.SendToGroupAsync(groupUuid, "goodbye");
        leaving.Process.Terminate();
        leaving.Postgres.Resume();

        Assert.Equal(0, await leaving.Process.StoppedAsync(Cancelled));
        while (!announced.Task.IsCompleted)
        {
            Assert.True(await connection.WaitAsync(TimeSpan.FromSeconds(5), Cancelled), "Nothing was announced.");
        }
    }

    [Fact]
    public async Task A_repeated_announcement_sends_a_message_once()
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
    public async Task A_repeated_request_sends_nothing_to_a_stream_that_was_opened_later()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var sent = await one.SendToUserAsync(other.User.Handle, "hello", "key");
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);

        Assert.Equal(sent, await one.SendToUserAsync(other.User.Handle, "hello", "key"));
        Assert.True(await listener.IsSilentAsync());
    }

    [Fact]
    public async Task Streams_stay_open_while_dynamodb_is_unavailable()
    {
        await using var api = await RelayedApi.StartAsync(fixture, Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var listener = await EventListener.StartAsync(api.Process.Address, other.User);

        api.DynamoDb.Start(Outage.Refuses);
        var sent = await one.SendToUserAsync(other.User.Handle, "during");
        Assert.Equal("heartbeat", (await listener.NextOfAnyTypeAsync()).EventType);
        Assert.False(listener.HasEnded);
        api.DynamoDb.Resume();

        Assert.Equal(sent, (await listener.NextMessageAsync()).Message);
    }

    [Fact]
    public async Task An_open_stream_shows_the_callers_own_new_name()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, one.User);
        await fixture.Users.RenameAsync(one.User, "G'Kar", Cancelled);
        await Eventually.EqualAsync("G'Kar", async () =>
            (await one.GetAsync($"/api/users/@{one.User.Handle}/short")).Read<MessageLine>().DisplayName);

        await one.SendToUserAsync(other.User.Handle, "I am G'Kar");
        Assert.Equal("G'Kar", (await listener.NextMessageAsync()).Message.DisplayName);
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
