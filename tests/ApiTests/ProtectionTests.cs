using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Limits and headers.</summary>
public sealed class ProtectionTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_over_the_write_limit_gets_429_while_reads_and_other_users_go_on()
    {
        await using var api = await StartLimitedApiAsync("Writes");
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));

        var answers = await AskAsync(20, () => one.PostAsync("/api/messages", new { message = "a", handle = other.User.Handle }));
        var accepted = AssertLimited(answers);
        Assert.Equal(accepted, (await one.MessagesAsync((await other.GroupsAsync())[0].Uuid)).Length);
        await other.SendToUserAsync(one.User.Handle, "not me");
        Assert.All(await AskAsync(10, () => one.GetAsync("/api/message_groups")), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await Eventually.TrueAsync(() => api.Output.Any(
            line => line.Contains($"429: limit on requests, Cognito user {one.User.Subject}.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Reads", "/api/message_groups")]
    [InlineData("Searches", "/api/users?q=a")]
    public async Task A_user_over_the_limit_for_reads_or_searches_gets_429_while_other_users_go_on(string limit, string path)
    {
        await using var api = await StartLimitedApiAsync(limit);
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));

        AssertLimited(await AskAsync(20, () => one.GetAsync(path)));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_user_with_too_many_open_streams_gets_429_until_one_ends()
    {
        await using var api = await fixture.StartApiAsync(Cancelled, new KeyValuePair<string, string>("Limits__Streams", "2"));
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        var first = await EventListener.StartAsync(api.Address, one.User);
        await using var second = await EventListener.StartAsync(api.Address, one.User);

        AssertLimited([await one.GetAsync("/api/events")]);
        await one.GroupsAsync();
        await using var ofOther = await EventListener.StartAsync(api.Address, await fixture.Users.NewAsync(Cancelled));

        await first.DisposeAsync();
        using var waiting = new HttpClient { BaseAddress = api.Address };
        waiting.DefaultRequestHeaders.Authorization = new("Bearer", one.User.AccessToken);
        await Eventually.EqualAsync(HttpStatusCode.OK, async () =>
        {
            using var answer = await waiting.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);
            return answer.StatusCode;
        });
    }

    [Fact]
    public async Task Six_tabs_of_one_user_that_reload_everything_stay_within_the_limits()
    {
        const int Tabs = 6;
        const int RequestsOfEachTab = 50;
        var user = await fixture.Users.NewAsync(Cancelled);
        using var one = new ApiClient(fixture.Api.Address, user);
        var listeners = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => EventListener.StartAsync(fixture.Api.Address, user)));

        await Task.WhenAll(listeners.Select(async _ =>
        {
            for (var i = 0; i < RequestsOfEachTab; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/api/message_groups")).Status);
            }
        }));
        await Task.WhenAll(listeners.Select(listener => listener.DisposeAsync().AsTask()));
    }

    [Theory]
    [InlineData("/api/message_groups", true)]
    [InlineData("/api/messages/none", true)]
    [InlineData("/api/message_groups", false)]
    public async Task Answers_are_private_and_can_be_neither_run_nor_framed(string path, bool isSignedIn)
    {
        using var one = isSignedIn ? await fixture.NewCallerAsync(Cancelled) : new ApiClient(fixture.Api.Address, authorization: null);
        var headers = (await one.GetAsync(path)).Headers;

        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.Contains("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(headers.CacheControl?.NoStore);
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task The_front_end_can_read_errors_too()
    {
        using var browser = new ApiClient(fixture.Api.Address, authorization: null);
        var answer = await browser.SendAsync(
            new(HttpMethod.Get, "/api/message_groups") { Headers = { { "Origin", ApiFixture.FrontendOrigin } } });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(ApiFixture.FrontendOrigin, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    private Task<ApiProcess> StartLimitedApiAsync(string limit) =>
        fixture.StartApiAsync(Cancelled, new($"Limits__{limit}__Burst", "3"), new($"Limits__{limit}__PerSecond", "1"));

    private static Task<ApiAnswer[]> AskAsync(int times, Func<Task<ApiAnswer>> ask) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(_ => ask()));

    /// <summary>Asserts that some of the answers are 429, with when to retry.</summary>
    /// <returns>The number of other answers.</returns>
    private static int AssertLimited(ApiAnswer[] answers)
    {
        var refused = answers.Where(answer => answer.Status is HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer =>
        {
            Assert.Equal(["too_many_requests"], answer.Errors(HttpStatusCode.TooManyRequests));
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        });
        return answers.Length - refused.Count;
    }
}
