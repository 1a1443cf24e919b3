using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Cruds, replies and likes.</summary>
public sealed class ActivityTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_crud_is_in_the_feeds_of_all_users()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var crud = await CreateAsync(one, "Hello, Babylon", "1-hour");

        Assert.Equal((one.User.Handle, one.User.DisplayName, "Hello, Babylon"), (crud.Handle, crud.DisplayName, crud.Message));
        Assert.Equal(TimeSpan.FromHours(1), DateTimeOffset.Parse(crud.ExpiresAt!, null) - DateTimeOffset.Parse(crud.CreatedAt, null));
        Assert.Contains(crud, await FeedAsync(other, "/api/activities/home"));
        Assert.Equal([crud], await FeedAsync(other, $"/api/users/@{one.User.Handle}/activities"));
        Assert.Empty(await FeedAsync(one, $"/api/users/@{other.User.Handle}/activities"));
    }

    [Fact]
    public async Task An_expired_crud_is_not_found()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var crud = await CreateAsync(one, "expires soon", "1-hour");
        await using var expire = fixture.Postgres.CreateCommand("update activities set expires_at = now() where uuid = $1");
        expire.Parameters.AddWithValue(crud.Uuid);
        await expire.ExecuteNonQueryAsync(Cancelled);

        Assert.DoesNotContain(await FeedAsync(one, "/api/activities/home"), activity => activity.Uuid == crud.Uuid);
        Assert.Empty(await FeedAsync(one, $"/api/users/@{one.User.Handle}/activities"));
        (await one.GetAsync($"/api/activities/{crud.Uuid}/replies")).Errors(HttpStatusCode.NotFound);
        (await one.PostAsync($"/api/activities/{crud.Uuid}/reply", new { message = "too late" })).Errors(HttpStatusCode.NotFound);
        (await LikeAsync(one, HttpMethod.Put, crud.Uuid)).Errors(HttpStatusCode.NotFound);
        (await LikeAsync(one, HttpMethod.Delete, crud.Uuid)).Errors(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Replies_are_counted_and_listed_separately()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var crud = await CreateAsync(one, "question", "1-day");
        var reply = (await other.PostAsync($"/api/activities/{crud.Uuid}/reply", new { message = "answer" })).Read<Crud>();

        Assert.Equal((crud.Uuid, crud.ExpiresAt), (reply.ReplyToActivityUuid, reply.ExpiresAt));
        Assert.Equal([reply], await FeedAsync(one, $"/api/activities/{crud.Uuid}/replies"));
        var home = await FeedAsync(one, "/api/activities/home?limit=100");
        Assert.Equal(1, home.Single(activity => activity.Uuid == crud.Uuid).RepliesCount);
        Assert.DoesNotContain(home, activity => activity.Uuid == reply.Uuid);
    }

    [Fact]
    public async Task Concurrent_likes_count_each_user_once()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var crud = await CreateAsync(one, "like me", "1-day");
        var callers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.NewCallerAsync(Cancelled)));

        await Task.WhenAll(callers.SelectMany(caller => Enumerable.Range(0, 3).Select(_ => LikeAsync(caller, HttpMethod.Put, crud.Uuid))));
        var liked = (await LikeAsync(callers[0], HttpMethod.Put, crud.Uuid)).Read<Crud>();
        Assert.Equal((8, true), (liked.LikesCount, liked.Liked));
        Assert.False((await FeedAsync(one, $"/api/users/@{one.User.Handle}/activities")).Single().Liked);

        await LikeAsync(callers[0], HttpMethod.Delete, crud.Uuid);
        var unliked = (await LikeAsync(callers[0], HttpMethod.Delete, crud.Uuid)).Read<Crud>();
        Assert.Equal((7, false), (unliked.LikesCount, unliked.Liked));
    }

    [Fact]
    public async Task A_feed_is_paged_without_gaps_or_duplicates()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync(one, $"{i}", "1-day");
        }

        // All have the same time. Their order must be the same on each page.
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
    public async Task An_invalid_crud_is_422_with_its_codes(string body, params string[] codes)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(codes, (await one.PostRawAsync("/api/activities", body)).Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task An_unknown_crud_is_not_found()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        (await LikeAsync(one, HttpMethod.Put, Guid.NewGuid())).Errors(HttpStatusCode.NotFound);
        (await one.PostAsync($"/api/activities/{Guid.NewGuid()}/reply", new { message = "a" })).Errors(HttpStatusCode.NotFound);
        (await one.PostAsync("/api/activities/not-a-uuid/reply", new { message = "a" })).Errors(HttpStatusCode.NotFound);
        (await one.GetAsync("/api/users/@nobody-has-this/activities")).Errors(HttpStatusCode.NotFound);
    }

    private static async Task<Crud> CreateAsync(ApiClient caller, string message, string ttl) =>
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
