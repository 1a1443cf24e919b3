using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>The traces are those of requests that somebody sent.</summary>
public sealed class TraceTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_stream_leaves_no_span_without_its_parent()
    {
        await using var collector = await TelemetryCollector.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, collector.Settings);
        using var caller = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));

        // The span of a stream would be exported when the stream ends. Until then its child, the query for the user, would be a root.
        await using var listener = await EventListener.StartAsync(api.Address, caller.User);
        await caller.GroupsAsync();

        await collector.ReceivedAsync("traces", "/api/message_groups");
        Assert.DoesNotContain("users.cognito_user_id", collector.Received("traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_and_its_announcement_are_traced_and_logged_by_ids()
    {
        await using var collector = await TelemetryCollector.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, collector.Settings);
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));

        var sent = await one.SendToUserAsync(other.User.Handle, "hello");
        await collector.ReceivedAsync("logs", $"User {one.User.Uuid} sent message {sent.Uuid} in message group {sent.MessageGroupUuid}.");
        await collector.ReceivedAsync("traces", "announce messages");
        await collector.ReceivedAsync("traces", "pg_notify");
    }

    [Fact]
    public async Task Preflights_probes_and_listening_to_Postgres_are_in_no_trace()
    {
        await using var collector = await TelemetryCollector.StartAsync(Cancelled);
        await using var api = await fixture.StartApiAsync(Cancelled, collector.Settings);
        using var browser = new ApiClient(api.Address, authorization: null);
        using var caller = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));

        var preflight = await browser.SendAsync(new(HttpMethod.Options, "/api/message_groups")
        {
            Headers = { { "Origin", ApiFixture.FrontendOrigin }, { "Access-Control-Request-Method", "GET" } },
        });
        Assert.Equal(HttpStatusCode.NoContent, preflight.Status);
        Assert.Equal("7200", preflight.Headers.GetValues("Access-Control-Max-Age").Single());
        await caller.GroupsAsync();

        await collector.ReceivedAsync("traces", "/api/message_groups");
        var traces = collector.Received("traces");
        foreach (var noise in new[] { "OPTIONS", "/health", "listen cruddur_" })
        {
            Assert.DoesNotContain(noise, traces, StringComparison.OrdinalIgnoreCase);
        }
    }
}
