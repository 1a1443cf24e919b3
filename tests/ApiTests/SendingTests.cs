using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Sending messages: heads, timestamps, one conversation for each pair, no doubles.</summary>
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
    public async Task The_answer_carries_the_messages_own_id()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var sent = await one.SendToUserAsync(other.User.Handle, "hello");

        Assert.NotEqual(one.User.Uuid, sent.Uuid);
        var message = Assert.Single(await other.MessagesAsync(sent.MessageGroupUuid));
        Assert.Equal(new(sent.Uuid, one.User.DisplayName, one.User.Handle, "hello", sent.CreatedAt), message);
    }

    [Fact]
    public async Task A_second_conversation_with_the_same_person_is_the_first_continued()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var first = await one.SendToUserAsync(other.User.Handle, "hello");

        Assert.Equal(first.MessageGroupUuid, (await one.SendToUserAsync(other.User.Handle, "again")).MessageGroupUuid);
        Assert.Equal(first.MessageGroupUuid, (await other.SendToUserAsync(one.User.Handle, "and back")).MessageGroupUuid);
        Assert.Single(await one.GroupsAsync());
    }

    [Fact]
    public async Task Two_who_begin_at_the_same_moment_share_one_conversation()
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
    public async Task Fifty_writers_lose_nothing_and_leave_no_stale_head()
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
        Assert.All(sent, messages => Assert.Equal(messages.Select(m => m.CreatedAt).Order(StringComparer.Ordinal), messages.Select(m => m.CreatedAt)));

        var all = await ReadBackwardsAsync(one, groupUuid);
        Assert.Equal(Writers * Each + 1, all.Count);
        Assert.Equal(all.Select(message => message.CreatedAt).OrderDescending(StringComparer.Ordinal), all.Select(message => message.CreatedAt));
        Assert.Equal(expected.Select(message => message.Uuid).Order(), all.SkipLast(1).Select(message => message.Uuid).Order());

        foreach (var member in new[] { one, other })
        {
            var head = Assert.Single(await member.GroupsAsync());
            Assert.Equal((all[0].Message, all[0].CreatedAt), (head.Message, head.CreatedAt));
        }
    }

    [Fact]
    public async Task Repeating_a_request_with_its_key_sends_one_message()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var first = await one.SendToUserAsync(other.User.Handle, "hello", "key-1");
        Assert.Equal(first, await one.SendToUserAsync(other.User.Handle, "hello", "key-1"));

        var second = await one.SendToGroupAsync(first.MessageGroupUuid, "more", "key-2");
        var repeated = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => one.SendToGroupAsync(first.MessageGroupUuid, "more", "key-2")));

        Assert.All(repeated, message => Assert.Equal(second, message));
        Assert.Equal(["hello", "more"], (await other.MessagesAsync(first.MessageGroupUuid)).Select(message => message.Message));
    }

    [Fact]
    public async Task The_same_key_of_another_sender_is_another_request()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "hello", "key")).MessageGroupUuid;
        await other.SendToGroupAsync(groupUuid, "hello yourself", "key");

        Assert.Equal(2, (await one.MessagesAsync(groupUuid)).Length);
    }

    [Fact]
    public async Task A_key_for_another_message_is_refused()
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
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var answer = await one.PostAsync("/api/messages", new { message = "hello", handle = other.User.Handle }, key);
        Assert.Equal(["idempotency_key_invalid"], answer.Errors(HttpStatusCode.BadRequest));
    }

    private static async Task<List<MessageLine>> ReadBackwardsAsync(ApiClient caller, Guid groupUuid)
    {
        var messages = new List<MessageLine>();
        for (var path = $"/api/messages/{groupUuid}?limit=100"; path is not null;)
        {
            var answer = await caller.GetAsync(path);
            messages.AddRange(answer.Read<MessageLine[]>().Reverse());
            path = answer.Link("next");
        }

        return messages;
    }
}
