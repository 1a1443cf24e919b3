using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Sending messages: heads, timestamps, one conversation for each pair, no duplicates.</summary>
public sealed class SendingTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_message_moves_both_heads()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var first = await one.SendToUserAsync(other.User.Handle, "first");
        var second = await other.SendToGroupAsync(first.MessageGroupUuid, "second");

        foreach (var (member, partner) in new[] { (one, other), (other, one) })
        {
            var head = Assert.Single(await member.GroupsAsync());
            Assert.Equal(
                new(first.MessageGroupUuid, partner.User.DisplayName, partner.User.Handle, "second", second.CreatedAt), head);
        }
    }

    [Fact]
    public async Task The_response_has_the_id_of_the_message()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var sent = await one.SendToUserAsync(other.User.Handle, "hello");

        Assert.NotEqual(one.User.Uuid, sent.Uuid);
        var message = Assert.Single(await other.MessagesAsync(sent.MessageGroupUuid));
        Assert.Equal(new(sent.Uuid, one.User.DisplayName, one.User.Handle, "hello", sent.CreatedAt), message);
    }

    [Fact]
    public async Task Sending_to_a_user_again_continues_the_conversation()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var first = await one.SendToUserAsync(other.User.Handle, "hello");

        Assert.Equal(first.MessageGroupUuid, (await one.SendToUserAsync(other.User.Handle, "again")).MessageGroupUuid);
        Assert.Equal(first.MessageGroupUuid, (await other.SendToUserAsync(one.User.Handle, "and back")).MessageGroupUuid);
        Assert.Single(await one.GroupsAsync());
    }

    [Fact]
    public async Task Two_users_who_start_a_conversation_at_the_same_time_share_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = await fixture.NewPairAsync(Cancelled);
            var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
                i % 2 == 0 ? one.SendToUserAsync(other.User.Handle, $"{i}") : other.SendToUserAsync(one.User.Handle, $"{i}")));

            var groupUuid = Assert.Single(sent.Select(message => message.MessageGroupUuid).Distinct());
            Assert.Single(await one.GroupsAsync());
            Assert.Single(await other.GroupsAsync());
            var messages = await one.MessagesAsync(groupUuid);
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}").Order(), messages.Select(message => message.Message).Order());
        }
    }

    [Fact]
    public async Task Fifty_concurrent_writers_lose_no_message_and_leave_current_heads()
    {
        const int Writers = 50;
        const int Each = 20;
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "first")).MessageGroupUuid;

        using var oneAtReplica = new ApiClient(replica.Address, one.User);
        using var otherAtReplica = new ApiClient(replica.Address, other.User);
        ApiClient[] callers = [one, other, oneAtReplica, otherAtReplica];
        var sent = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var messages = new List<SentMessage>();
            for (var i = 0; i < Each; i++)
            {
                messages.Add(await callers[writer % callers.Length].SendToGroupAsync(groupUuid, $"{writer}/{i}"));
            }

            return messages;
        }));

        var expected = sent.SelectMany(messages => messages).ToList();
        Assert.Equal(Writers * Each, expected.Select(message => message.CreatedAt).Distinct().Count());
        Assert.All(sent, messages =>
        {
            var times = messages.Select(message => message.CreatedAt).ToList();
            Assert.Equal(times.Order(StringComparer.Ordinal), times);
        });

        var all = await one.AllMessagesAsync(groupUuid);
        Assert.Equal(Writers * Each + 1, all.Count);
        Assert.Equal(all.Select(message => message.CreatedAt).Order(StringComparer.Ordinal), all.Select(message => message.CreatedAt));
        Assert.Equal(expected.Select(message => message.Uuid).Order(), all.Skip(1).Select(message => message.Uuid).Order());

        foreach (var member in new[] { one, other })
        {
            var head = Assert.Single(await member.GroupsAsync());
            Assert.Equal((all[^1].Message, all[^1].CreatedAt), (head.Message, head.CreatedAt));
        }
    }

    [Fact]
    public async Task Sending_twice_with_one_key_stores_one_message()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var first = await one.SendToUserAsync(other.User.Handle, "hello", "key-1");
        Assert.Equal(first, await one.SendToUserAsync(other.User.Handle, "hello", "key-1"));

        var second = await one.SendToGroupAsync(first.MessageGroupUuid, "more", "key-2");
        var repeated = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => one.SendToGroupAsync(first.MessageGroupUuid, "more", "key-2")));

        Assert.All(repeated, message => Assert.Equal(second, message));
        Assert.Equal(["hello", "more"], (await other.MessagesAsync(first.MessageGroupUuid)).Select(message => message.Message));
    }

    [Fact]
    public async Task Two_senders_may_use_the_same_key()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "hello", "key")).MessageGroupUuid;
        await other.SendToGroupAsync(groupUuid, "hello yourself", "key");

        Assert.Equal(2, (await one.MessagesAsync(groupUuid)).Length);
    }

    [Fact]
    public async Task A_key_cannot_be_used_for_another_message()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "hello", "key")).MessageGroupUuid;

        var answer = await one.PostAsync("/api/messages", new { message = "bye", handle = other.User.Handle }, "key");
        Assert.Equal(["idempotency_key_reused"], answer.Errors(HttpStatusCode.UnprocessableEntity));
        Assert.Single(await one.MessagesAsync(groupUuid));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    public async Task An_invalid_key_is_refused(string key)
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var answer = await one.PostAsync("/api/messages", new { message = "hello", handle = other.User.Handle }, key);
        Assert.Equal(["idempotency_key_invalid"], answer.Errors(HttpStatusCode.BadRequest));
    }
}
