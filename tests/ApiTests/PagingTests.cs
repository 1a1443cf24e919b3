using System.Net;
using Amazon.DynamoDBv2;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.ApiTests;

/// <summary>Pages of messages and of conversations.</summary>
public sealed class PagingTests(ApiFixture fixture)
{
    private const int Limit = 20;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_paged_back_in_time_to_the_first()
    {
        var (one, groupUuid) = await ConversationAsync(47);

        var pages = new List<string[]>();
        for (var path = $"/api/messages/{groupUuid}?limit=20"; path is not null;)
        {
            var answer = await one.GetAsync(path);
            pages.Add([.. answer.Read<MessageLine[]>().Select(message => message.Message)]);
            path = answer.Link("next");
        }

        Assert.Equal([20, 20, 7], pages.Select(page => page.Length));
        Assert.Equal(Enumerable.Range(0, 47).Select(i => $"{i}"), pages.AsEnumerable().Reverse().SelectMany(page => page));
    }

    [Fact]
    public async Task The_last_page_has_no_link_to_a_next_page()
    {
        var (one, groupUuid) = await ConversationAsync(20);
        Assert.Null((await one.GetAsync($"/api/messages/{groupUuid}?limit=20")).Link("next"));
    }

    [Fact]
    public async Task Messages_are_paged_forward_to_newer_ones()
    {
        var (one, groupUuid) = await ConversationAsync(3);
        var path = (await one.GetAsync($"/api/messages/{groupUuid}?limit=2")).Link("prev")!;

        var nothingNew = await one.GetAsync(path);
        Assert.Empty(nothingNew.Read<MessageLine[]>());

        for (var i = 3; i < 6; i++)
        {
            await one.SendToGroupAsync(groupUuid, $"{i}");
        }

        var news = await one.GetAsync(nothingNew.Link("prev")!);
        Assert.Equal(["3", "4"], news.Read<MessageLine[]>().Select(message => message.Message));
        var more = await one.GetAsync(news.Link("prev")!);
        Assert.Equal(["5"], more.Read<MessageLine[]>().Select(message => message.Message));

        var back = await one.GetAsync(more.Link("next")!);
        Assert.Equal(["3", "4"], back.Read<MessageLine[]>().Select(message => message.Message));
    }

    [Fact]
    public async Task The_newest_page_costs_the_same_in_a_conversation_of_any_length()
    {
        var small = await NewestPageUnitsAsync(messages: 30);
        Assert.True(small > 0);
        Assert.Equal(small, await NewestPageUnitsAsync(messages: 3_000));
    }

    [Fact]
    public async Task Messages_of_earlier_years_are_returned()
    {
        var (one, groupUuid) = await ConversationAsync(1);
        await new EarlierVersion(fixture.DynamoDb).PutMessageAsync(groupUuid, one.User, "2019-12-31T23:59:59+01:00", "long ago");

        var messages = await one.MessagesAsync(groupUuid);
        Assert.Equal(["2019-12-31T22:59:59.000000+00:00"], messages.Take(1).Select(message => message.CreatedAt));
        Assert.Equal(2, messages.Length);
    }

    [Fact]
    public async Task Conversations_are_paged_from_the_newest_to_the_oldest()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var handles = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var other = await fixture.NewCallerAsync(Cancelled);
            await one.SendToUserAsync(other.User.Handle, "hello");
            handles.Insert(0, other.User.Handle);
        }

        var first = await one.GetAsync("/api/message_groups?limit=3");
        var second = await one.GetAsync(first.Link("next")!);

        Assert.Equal(handles, first.Read<MessageLine[]>().Concat(second.Read<MessageLine[]>()).Select(group => group.Handle));
        Assert.Null(second.Link("next"));
    }

    [Fact]
    public async Task The_default_limit_is_20()
    {
        var (one, groupUuid) = await ConversationAsync(25);
        Assert.Equal(20, (await one.GetAsync($"/api/messages/{groupUuid}")).Read<MessageLine[]>().Length);
    }

    [Theory]
    [InlineData("0", "limit_out_of_range")]
    [InlineData("101", "limit_out_of_range")]
    [InlineData("-1", "limit_out_of_range")]
    [InlineData("many", "bad_request")]
    [InlineData("99999999999999999999", "bad_request")]
    public async Task A_limit_out_of_range_is_refused(string limit, string code)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal([code], (await one.GetAsync($"/api/message_groups?limit={limit}")).Errors(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("%00")]
    [InlineData("2026-11-22T15:10:17.473774%2B00:00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_malformed_cursor_is_refused(string cursor)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(["cursor_invalid"], (await one.GetAsync($"/api/message_groups?cursor={cursor}")).Errors(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_changed_cursor_is_refused_or_leads_to_another_place_in_the_same_list()
    {
        var (one, groupUuid) = await ConversationAsync(3);
        var path = (await one.GetAsync($"/api/messages/{groupUuid}?limit=1")).Link("next")!;
        var start = path.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length;

        for (var i = start; i < path.Length; i++)
        {
            var answer = await one.GetAsync(path[..i] + (path[i] == 'A' ? 'B' : 'A') + path[(i + 1)..]);
            if (answer.Status is HttpStatusCode.OK)
            {
                Assert.All(answer.Read<MessageLine[]>(), message => Assert.InRange(message.Message, "0", "2"));
            }
            else
            {
                Assert.Equal(["cursor_invalid"], answer.Errors(HttpStatusCode.BadRequest));
            }
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_gives_access_to_no_other_list()
    {
        var (one, groupUuid) = await ConversationAsync(3);
        using var third = await fixture.NewCallerAsync(Cancelled);
        var messages = (await one.GetAsync($"/api/messages/{groupUuid}?limit=1")).Link("next")!;
        var activities = (await HomeAsync(one)).Link("next")!;

        (await third.GetAsync(messages)).Errors(HttpStatusCode.NotFound);
        Assert.Empty((await third.GetAsync($"/api/message_groups?{Query(messages)}")).Read<MessageLine[]>());
        foreach (var path in new[] { $"/api/activities/home?{Query(messages)}", $"/api/message_groups?{Query(activities)}" })
        {
            Assert.Equal(["cursor_invalid"], (await one.GetAsync(path)).Errors(HttpStatusCode.BadRequest));
        }

        static string Query(string link) => link.Split('?')[1];

        static async Task<ApiAnswer> HomeAsync(ApiClient caller)
        {
            for (var i = 0; i < 2; i++)
            {
                await caller.PostAsync("/api/activities", new { message = "hello", ttl = "1-day" });
            }

            return await caller.GetAsync("/api/activities/home?limit=1");
        }
    }

    [Fact]
    public async Task A_cursor_is_valid_at_every_replica()
    {
        var (one, groupUuid) = await ConversationAsync(3);
        var next = (await one.GetAsync($"/api/messages/{groupUuid}?limit=1")).Link("next")!;

        await using var replica = await fixture.StartApiAsync(Cancelled);
        using var oneAtReplica = new ApiClient(replica.Address, one.User);
        Assert.Equal(["1"], (await oneAtReplica.GetAsync(next)).Read<MessageLine[]>().Select(message => message.Message));
    }

    private async Task<(ApiClient One, Guid GroupUuid)> ConversationAsync(int messages)
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "0")).MessageGroupUuid;
        for (var i = 1; i < messages; i++)
        {
            await one.SendToGroupAsync(groupUuid, $"{i}");
        }

        return (one, groupUuid);
    }

    /// <summary>The cost of the newest page of a new conversation, in read capacity units.</summary>
    private async Task<double> NewestPageUnitsAsync(int messages)
    {
        using var dynamoDb = fixture.NewDynamoDb();
        using var stores = fixture.NewStores(services => services.AddSingleton<IAmazonDynamoDB>(dynamoDb));
        var groupUuid = Guid.NewGuid();
        var (one, other) = (NewUser(), NewUser());
        await stores.Services.GetRequiredService<ConversationImport>().ImportAsync(
            groupUuid,
            one,
            other,
            [.. Enumerable.Repeat(new ConversationLine(one, new('x', 1024)), messages)],
            DateTimeOffset.UtcNow.AddDays(-1),
            TimeSpan.FromSeconds(1),
            Cancelled);

        var before = dynamoDb.CapacityUnits;
        var page = await stores.Services.GetRequiredService<MessageStore>().ListAsync(groupUuid, Limit, start: null, Cancelled);
        Assert.Equal(Limit, page.Items.Count);
        return dynamoDb.CapacityUnits - before;

        static User NewUser() => new(Guid.NewGuid(), "handle", "Name");
    }
}
