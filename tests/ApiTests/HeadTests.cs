using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary><c>HEAD</c> requests.</summary>
public sealed class HeadTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("/api/message_groups", "application/json")]
    [InlineData("/api/activities/home?limit=1", "application/json")]
    [InlineData("/api/users/@londo/short", "application/json")]
    [InlineData("/api/events", "text/event-stream")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/scalar/", "text/html")]
    public async Task HEAD_is_answered_like_GET_without_the_body(string path, string mediaType)
    {
        using var caller = await fixture.NewCallerAsync(TestContext.Current.CancellationToken);
        var answer = await caller.SendAsync(new(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, mediaType, ""), (answer.Status, answer.MediaType, answer.Text));
    }

    [Fact]
    public async Task HEAD_needs_a_token_too()
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendAsync(new(HttpMethod.Head, "/api/message_groups"))).Status);
    }
}
