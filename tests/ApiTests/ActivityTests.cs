using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Cruds, replies and likes.</summary>
public sealed class ActivityTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_told_is_in_the_feed_of_everybody()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var told = await TellAsync(one, "Hello, Babylon", "1-hour");

        Assert.Equal((one.User.Handle, one.User.DisplayName, "Hello, Babylon"), (told.Handle, told.DisplayName, told.Message));
        Assert.Equal(TimeSpan.FromHours(1), DateTimeOffset.Parse(told.ExpiresAt!, null) - DateTimeOffset.Parse(told.CreatedAt, null));
        Assert.Contains(told, await FeedAsync(other, "/api/activities/home"));
        Assert.Equal([told], await FeedAsync(other, $"/api/users/@{one.User.Handle}/activities"));
        Assert.Empty(await FeedAsync(one, $"/api/users/@{other.User.Handle}/activities"));
    }

    [Fact]
    public async Task What_has_expired_is_gone()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var told = await TellAsync(one, "soon gone", "1-hour");
        await using var expire = fixture.Postgres.CreateCommand("update activities set expires_at = now() where uuid = $1");
        expire.Parameters.AddWithValue(told.Uuid);
        await expire.ExecuteNonQueryAsync(Cancelled);

        Assert.DoesNotContain(await FeedAsync(one, "/api/activities/home"), activity => activity.Uuid == told.Uuid);
        Assert.Empty(await FeedAsync(one, $"/api/users/@{one.User.Handle}/activities"));
        (await one.GetAsync($"/api/activities/{told.Uuid}/replies")).Errors(HttpStatusCode.NotFound);
        (await one.PostAsync($"/api/activities/{told.Uuid}/reply", new { message = "too late" })).Errors(HttpStatusCode.NotFound);
        (await LikeAsync(one, HttpMethod.Put, told.Uuid)).Errors(HttpStatusCode.NotFound);
        (await LikeAsync(one, HttpMethod.Delete, told.Uuid)).Errors(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Replies_are_counted_and_listed_apart()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var told = await TellAsync(one, "question", "1-day");
        var reply = (await other.PostAsync($"/api/activities/{told.Uuid}/reply", new { message = "answer" })).Read<Crud>();

        Assert.Equal((told.Uuid, told.ExpiresAt), (reply.ReplyToActivityUuid, reply.ExpiresAt));
        Assert.Equal([reply], await FeedAsync(one, $"/api/activities/{told.Uuid}/replies"));
        var home = await FeedAsync(one, "/api/activities/home?limit=100");
        Assert.Equal(1, home.Single(activity => activity.Uuid == told.Uuid).RepliesCount);
        Assert.DoesNotContain(home, activity => activity.Uuid == reply.Uuid);
    }

    [Fact]
    public async Task Likes_count_each_user_once_also_all_at_the_same_time()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var told = await TellAsync(one, "like me", "1-day");
        var callers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.NewCallerAsync(Cancelled)));

        await Task.WhenAll(callers.SelectMany(caller => Enumerable.Range(0, 3).Select(_ => LikeAsync(caller, HttpMethod.Put, told.Uuid))));
        var liked = (await LikeAsync(callers[0], HttpMethod.Put, told.Uuid)).Read<Crud>();
        Assert.Equal((8, true), (liked.LikesCount, liked.Liked));
        Assert.False((await FeedAsync(one, $"/api/users/@{one.User.Handle}/activities")).Single().Liked);

        await LikeAsync(callers[0], HttpMethod.Delete, told.Uuid);
        var unliked = (await LikeAsync(callers[0], HttpMethod.Delete, told.Uuid)).Read<Crud>();
        Assert.Equal((7, false), (unliked.LikesCount, unliked.Liked));
    }

    [Fact]
    public async Task A_feed_is_paged_without_gaps_or_doubles()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        for (var i = 0; i < 5; i++)
        {
            await TellAsync(one, $"{i}", "1-day");
        }

        // All at one moment: the order within it must hold from page to page.
        await using var same = fixture.Postgres.CreateCommand("update activities set created_at = now() where user_uuid = $1");
        same.Parameters.AddWithValue(one.User.Uuid);
        await same.ExecuteNonQueryAsync(Cancelled);

        var all = new List<Crud>();
        for (var path = $"/api/users/@{one.User.Handle}/activities?limit=2"; path is not null;)
        {
            var answer = await one.GetAsync(path);
            all.AddRange(answer.Read<Crud[]>());
            path = answer.Link("next");
        }

        Assert.Equal(["0", "1", "2", "3", "4"], all.Select(activity => activity.Message).Order());
    }

    [Theory]
    [InlineData("{}", "message_blank", "ttl_blank")]
    [InlineData("{\"message\":\" \",\"ttl\":\"1-day\"}", "message_blank")]
    [InlineData("{\"message\":\"a\",\"ttl\":\"2-days\"}", "ttl_invalid")]
    [InlineData("{\"message\":\"a\\u0000b\",\"ttl\":\"1-day\"}", "message_invalid_chars")]
    public async Task What_is_wrong_is_told_by_its_codes(string body, params string[] codes)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(codes, (await one.PostRawAsync("/api/activities", body)).Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task An_activity_that_is_none_is_not_found()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        (await LikeAsync(one, HttpMethod.Put, Guid.NewGuid())).Errors(HttpStatusCode.NotFound);
        (await one.PostAsync($"/api/activities/{Guid.NewGuid()}/reply", new { message = "a" })).Errors(HttpStatusCode.NotFound);
        (await one.PostAsync("/api/activities/not-a-uuid/reply", new { message = "a" })).Errors(HttpStatusCode.NotFound);
        (await one.GetAsync("/api/users/@nobody-has-this/activities")).Errors(HttpStatusCode.NotFound);
    }

    private static async Task<Crud> TellAsync(ApiClient caller, string message, string ttl) =>
        (await caller.PostAsync("/api/activities", new { message, ttl })).Read<Crud>();

    private static async Task<Crud[]> FeedAsync(ApiClient caller, string path) => (await caller.GetAsync(path)).Read<Crud[]>();

    private static Task<ApiAnswer> LikeAsync(ApiClient caller, HttpMethod method, Guid uuid) =>
        caller.SendAsync(new(method, $"/api/activities/{uuid}/like"));

    private sealed record Crud(
        Guid Uuid,
        string DisplayName,
        string Handle,
        string Message,
        int RepliesCount,
        int RepostsCount,
        int LikesCount,
        bool Liked,
        Guid? ReplyToActivityUuid,
        string? ExpiresAt,
        string CreatedAt);
}
