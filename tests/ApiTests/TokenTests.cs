using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Tokens that Cognito itself does not issue, or no longer accepts.</summary>
public sealed class TokenTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_names_the_key_that_signed_it()
    {
        await using var pool = await StubUserPool.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, pool.Settings);
        var subject = (await fixture.Users.NewAsync(Cancelled)).Subject;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pool.NewToken(subject)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(pool.NewToken(subject, keyId: null)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(pool.NewToken(subject, keyId: "another")));

        async Task<HttpStatusCode> StatusAsync(string token)
        {
            using var caller = new ApiClient(api.Address, $"Bearer {token}");
            return (await caller.GetAsync("/api/message_groups")).Status;
        }
    }

    [Fact]
    public async Task A_token_within_the_clock_skew_gets_a_stream_that_ends_at_once()
    {
        await using var pool = await StubUserPool.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, pool.Settings);
        var subject = (await fixture.Users.NewAsync(Cancelled)).Subject;
        using var caller = new ApiClient(api.Address, $"Bearer {pool.NewToken(subject, lifetime: TimeSpan.FromSeconds(-20))}");

        var answer = await caller.GetAsync("/api/events");
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task The_log_says_why_a_request_was_refused()
    {
        await using var pool = await StubUserPool.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, pool.Settings);
        var subject = Guid.NewGuid().ToString();
        var userOfAnotherPool = await fixture.Users.NewWithoutRowAsync(Cancelled);

        await RefusedAsync(null, "401: no bearer token");
        await RefusedAsync("Basic abc", "401: no bearer token");
        await RefusedAsync("Bearer abc", "401: malformed token");
        await RefusedAsync($"Bearer {pool.NewToken(subject, lifetime: TimeSpan.FromHours(-1))}", "401: expired token");
        await RefusedAsync($"Bearer {pool.NewToken(subject, keyId: "another")}", "401: unknown signing key");
        await RefusedAsync($"Bearer {pool.NewToken(subject)}x", "401: invalid signature");
        await RefusedAsync($"Bearer {pool.NewToken(subject, use: "id")}", "401: not an access token of this client");
        await RefusedAsync($"Bearer {userOfAnotherPool.AccessToken}", "401: token of another user pool");
        await RefusedAsync($"Bearer {pool.NewToken(subject)}", $"403: the Cognito user {subject} is not registered");

        async Task RefusedAsync(string? authorization, string reason)
        {
            var before = api.Output.Count;
            using var caller = new ApiClient(api.Address, authorization);
            await caller.GetAsync("/api/message_groups");
            await Eventually.EqualAsync($"Refused a request with {reason}.", () => Task.FromResult(
                api.Output.Skip(before).LastOrDefault(line => line.Contains("Refused", StringComparison.Ordinal))?.Trim()));
        }
    }

    [Fact]
    public async Task Handles_are_registered_in_lower_case_and_only_with_the_documented_characters()
    {
        await using var pool = await StubUserPool.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, pool.Settings);
        var suffix = Guid.NewGuid().ToString("N")[..16];

        Assert.Equal($"londo{suffix}", (await RegisterAsync($"Londo{suffix}")).Read<MessageLine>().Handle);
        Assert.Equal(["user_handle_taken"], (await RegisterAsync($"LONDO{suffix}")).Errors(HttpStatusCode.Conflict));
        foreach (var handle in new[] { "", $"lon do{suffix}", $"lon-do{suffix}", $"lon\u200bdo{suffix}", $"l\u043endo{suffix}" })
        {
            Assert.Equal(["user_handle_invalid"], (await RegisterAsync(handle)).Errors(HttpStatusCode.UnprocessableEntity));
        }

        async Task<ApiAnswer> RegisterAsync(string preferredUsername)
        {
            pool.PreferredUsername = preferredUsername;
            using var caller = new ApiClient(api.Address, $"Bearer {pool.NewToken(Guid.NewGuid().ToString())}");
            return await caller.SendAsync(new(HttpMethod.Put, "/api/users/me"));
        }
    }
}
