using Amazon.DynamoDBv2.Model;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Conversations that the scripts before this version have written: other offsets, stale and doubled heads.</summary>
public sealed class EarlierDataTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_read_and_continued()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var stranger = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = Guid.NewGuid();
        await PutHeadAsync(one.User, other.User, groupUuid, "2023-04-10T12:00:00+01:00");
        await PutHeadAsync(one.User, other.User, groupUuid, "2023-04-10T13:00:00.5+01:00");
        await PutHeadAsync(other.User, one.User, groupUuid, "2023-04-10T12:00:00+01:00");
        await PutMessageAsync(one.User, groupUuid, "2023-04-10T12:00:00+01:00", "one");
        await PutMessageAsync(other.User, groupUuid, "2023-04-10T12:01:00.123456+01:00", "two");

        Assert.Equal("2023-04-10T12:00:00.500000+00:00", Assert.Single(await one.GroupsAsync()).CreatedAt);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/messages/{groupUuid}")).Status);
        Assert.Equal(["one", "two"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));

        foreach (var (member, partner) in new[] { (one, other), (other, one) })
        {
            var head = Assert.Single(await member.GroupsAsync());
            Assert.Equal(new(groupUuid, partner.User.DisplayName, partner.User.Handle, "two", "2023-04-10T11:01:00.123456+00:00"), head);
        }

        Assert.Equal(groupUuid, (await other.SendToUserAsync(one.User.Handle, "three")).MessageGroupUuid);
        Assert.Equal(["one", "two", "three"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));
        Assert.Equal("three", Assert.Single(await one.GroupsAsync()).Message);
        Assert.Equal("three", Assert.Single(await other.GroupsAsync()).Message);
    }

    [Fact]
    public async Task Are_continued_by_handle_too()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = Guid.NewGuid();
        await PutHeadAsync(one.User, other.User, groupUuid, "2023-04-10T12:00:00+01:00");
        await PutHeadAsync(other.User, one.User, groupUuid, "2023-04-10T12:00:00+01:00");

        Assert.Equal(groupUuid, (await other.SendToUserAsync(one.User.Handle, "hello")).MessageGroupUuid);
        Assert.Equal("hello", Assert.Single(await one.GroupsAsync()).Message);
    }

    private Task PutHeadAsync(TestUser member, TestUser partner, Guid groupUuid, string lastMessageAt) =>
        PutAsync($"GRP#{member.Uuid}", lastMessageAt, partner, new() { ["message_group_uuid"] = new($"{groupUuid}"), ["message"] = new("this is a filler message") });

    private Task PutMessageAsync(TestUser sender, Guid groupUuid, string createdAt, string message) =>
        PutAsync($"MSG#{groupUuid}", createdAt, sender, new() { ["message_uuid"] = new($"{Guid.NewGuid()}"), ["message"] = new(message) });

    private async Task PutAsync(string pk, string sk, TestUser user, Dictionary<string, AttributeValue> item)
    {
        item["pk"] = new(pk);
        item["sk"] = new(sk);
        item["user_uuid"] = new($"{user.Uuid}");
        item["user_display_name"] = new(user.DisplayName);
        item["user_handle"] = new(user.Handle);
        await fixture.DynamoDb.PutItemAsync("cruddur-messages", item, Cancelled);
    }
}
