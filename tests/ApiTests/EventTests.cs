using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Event streams.</summary>
public sealed class EventTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_members_receive_a_message_at_every_replica_within_a_second()
    {
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = await ConversationAsync(one, other);
        using var stranger = await fixture.NewCallerAsync(Cancelled);

        await using var atOne = await EventListener.StartAsync(fixture.Api.Address, one.User);
        await using var atOther = await EventListener.StartAsync(replica.Address, other.User);
        await using var atStranger = await EventListener.StartAsync(replica.Address, stranger.User);

        foreach (var text in new[] { "hello", "are you", "there?" })
        {
            var (sent, elapsed) = await Latency.MeasureAsync(async () =>
            {
                var sent = await one.SendToGroupAsync(groupUuid, text);
                foreach (var (listener, partner) in new[] { (atOne, other.User), (atOther, one.User) })
                {
                    var (message, group) = await listener.NextMessageAsync();
                    Assert.Equal(sent, message);
                    Assert.Equal(new(groupUuid, partner.DisplayName, partner.Handle, text, sent.CreatedAt), group);
                }

                return sent;
            });
            Assert.True(elapsed < TimeSpan.FromSeconds(1), $"'{sent.Message}' took {elapsed}.");
        }

        Assert.True(await atStranger.IsSilentAsync());
    }

    [Fact]
    public async Task A_new_conversation_is_received_too()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        await using var atOther = await EventListener.StartAsync(fixture.Api.Address, other.User);
        var sent = await one.SendToUserAsync(other.User.Handle, "hello");
        Assert.Equal(sent, (await atOther.NextMessageAsync()).Message);
    }

    [Fact]
    public async Task A_stream_resumes_without_gaps_or_duplicates()
    {
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var third = await fixture.NewCallerAsync(Cancelled);

        var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "1")).MessageGroupUuid;
        Assert.Equal("1", (await listener.NextMessageAsync()).Message.Message);
        await listener.DisposeAsync();

        await one.SendToGroupAsync(groupUuid, "2");
        await third.SendToUserAsync(other.User.Handle, "3");
        await one.SendToGroupAsync(groupUuid, "4");

        await using var resumed = await EventListener.StartAsync(replica.Address, other.User, listener.LastEventId);
        foreach (var expected in new[] { "2", "3", "4" })
        {
            Assert.Equal(expected, (await resumed.NextMessageAsync()).Message.Message);
        }

        await one.SendToGroupAsync(groupUuid, "5");
        Assert.Equal("5", (await resumed.NextMessageAsync()).Message.Message);
        Assert.True(await resumed.IsSilentAsync());
    }

    [Fact]
    public async Task A_burst_at_two_replicas_is_received_completely_and_in_order()
    {
        const int Count = 400;
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = await ConversationAsync(one, other);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);
        using var oneAtReplica = new ApiClient(replica.Address, one.User);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count),
            new ParallelOptions { MaxDegreeOfParallelism = 20 },
            async (i, _) => await (i % 2 == 0 ? one : oneAtReplica).SendToGroupAsync(groupUuid, $"{i}"));
        var heard = new List<SentMessage>();
        while (heard.Count < Count)
        {
            heard.Add((await listener.NextMessageAsync()).Message);
        }

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}").Order(), heard.Select(message => message.Message).Order());
        Assert.Equal(heard.Select(message => message.CreatedAt).Order(StringComparer.Ordinal), heard.Select(message => message.CreatedAt));
        Assert.True(await listener.IsSilentAsync());
    }

    [Fact]
    public async Task Messages_sent_while_postgres_is_unavailable_arrive_afterwards()
    {
        await using var api = await RelayedApi.StartAsync(fixture, Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = await ConversationAsync(one, other);
        await using var listener = await EventListener.StartAsync(api.Process.Address, other.User);

        api.Postgres.Start(Outage.Refuses);
        await one.SendToGroupAsync(groupUuid, "during");
        Assert.True(await listener.IsSilentAsync());
        api.Postgres.Resume();

        Assert.Equal("during", (await listener.NextMessageAsync()).Message.Message);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-11-22T15:10:17.473774+00:00")]
    public async Task An_invalid_id_is_refused(string id)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var answer = await one.SendAsync(new(HttpMethod.Get, "/api/events") { Headers = { { "Last-Event-ID", id } } });
        Assert.Equal(["last_event_id_invalid"], answer.Errors(HttpStatusCode.BadRequest));
    }

    /// <summary>A conversation whose first message every listener has received.</summary>
    private async Task<Guid> ConversationAsync(ApiClient one, ApiClient other)
    {
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, other.User);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "before")).MessageGroupUuid;
        await listener.NextMessageAsync();
        return groupUuid;
    }
}
