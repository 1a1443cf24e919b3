using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Authentication and CORS.</summary>
public sealed class AuthTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/message_groups")]
    [InlineData("GET", "/api/messages/5ae290ed-55d1-47a0-bc6d-fe2bc2700399")]
    [InlineData("POST", "/api/messages")]
    [InlineData("GET", "/api/users/@andrewbrown/short")]
    [InlineData("GET", "/api/nothing/here")]
    [InlineData("PATCH", "/api/messages")]
    public async Task Without_a_token_every_route_is_401(string method, string path)
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        var answer = await nobody.SendAsync(new(new HttpMethod(method), path));
        Assert.Equal(["unauthorized"], answer.Errors(HttpStatusCode.Unauthorized));
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{}")]
    public async Task A_request_without_a_token_is_401_before_its_body_is_read(string body)
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        (await nobody.PostRawAsync("/api/messages", body)).Errors(HttpStatusCode.Unauthorized);
        (await nobody.PostRawAsync("/api/messages", new('x', 20_000))).Errors(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Only_access_tokens_of_this_client_are_accepted()
    {
        var user = await fixture.Users.NewAsync(Cancelled);
        var another = await fixture.Users.AccessTokenOfAnotherClientAsync(user, Cancelled);

        (await GroupsAsync($"Bearer {user.AccessToken}")).Read<MessageLine[]>();
        (await GroupsAsync($"bearer {user.AccessToken}")).Read<MessageLine[]>();
        foreach (var authorization in new[]
        {
            $"Bearer {user.IdToken}",
            $"Bearer {another}",
            $"Basic {user.AccessToken}",
            user.AccessToken,
            "Bearer",
            "Bearer ",
            "Bearer null",
            "Bearer a.b.c",
            $"Bearer {user.AccessToken}x",
            $"Bearer {user.AccessToken} {user.AccessToken}",
            $"Bearer {user.AccessToken}, Bearer {user.AccessToken}",
            "Bearer eyJhbGciOiJub25lIn0.eyJ0b2tlbl91c2UiOiJhY2Nlc3MifQ.",
        })
        {
            (await GroupsAsync(authorization)).Errors(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_user_without_a_row_is_403()
    {
        var user = await fixture.Users.NewWithoutRowAsync(Cancelled);
        Assert.Equal(["user_not_registered"], (await GroupsAsync($"Bearer {user.AccessToken}")).Errors(HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar/")]
    public async Task Probes_and_documentation_need_no_token(string path)
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Only_pages_of_the_front_end_may_call()
    {
        Assert.Equal(ApiFixture.FrontendOrigin, await AllowedOriginAsync(ApiFixture.FrontendOrigin));
        Assert.Null(await AllowedOriginAsync("http://evil.example"));
        Assert.Null(await AllowedOriginAsync("null"));
    }

    private async Task<string?> AllowedOriginAsync(string origin)
    {
        using var browser = new ApiClient(fixture.Api.Address, authorization: null);
        var answer = await browser.SendAsync(new(HttpMethod.Options, "/api/messages")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "authorization,idempotency-key" },
            },
        });
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }

    private async Task<ApiAnswer> GroupsAsync(string authorization)
    {
        using var caller = new ApiClient(fixture.Api.Address, authorization);
        return await caller.GetAsync("/api/message_groups");
    }
}
