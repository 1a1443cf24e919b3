using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Limits and headers.</summary>
public sealed class ProtectionTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_writes_too_often_is_told_when_to_go_on_and_others_are_not()
    {
        await using var api = await fixture.StartApiAsync(Cancelled, new("WriteLimit__Burst", "3"), new("WriteLimit__PerSecond", "1"));
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => one.PostAsync("/api/messages", new { message = "a", handle = other.User.Handle })));
        var refused = answers.Where(answer => answer.Status is HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer =>
        {
            Assert.Equal(["too_many_requests"], answer.Errors(HttpStatusCode.TooManyRequests));
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        });

        Assert.Equal(answers.Length - refused.Count, (await one.MessagesAsync((await other.GroupsAsync())[0].Uuid)).Length);
        await other.SendToUserAsync(one.User.Handle, "not me");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => one.GetAsync("/api/message_groups"))), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Theory]
    [InlineData("/api/message_groups", true)]
    [InlineData("/api/messages/none", true)]
    [InlineData("/api/message_groups", false)]
    public async Task Answers_are_private_and_nothing_to_be_run_or_framed(string path, bool isSignedIn)
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
        var answer = await browser.SendAsync(new(HttpMethod.Get, "/api/message_groups") { Headers = { { "Origin", ApiFixture.FrontendOrigin } } });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(ApiFixture.FrontendOrigin, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }
}
