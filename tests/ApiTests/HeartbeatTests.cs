using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>An event stream without messages.</summary>
public sealed class HeartbeatTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_stream_without_messages_sends_heartbeats_and_keeps_its_position()
    {
        var caller = await fixture.Users.NewAsync(TestContext.Current.CancellationToken);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, caller);

        var heartbeat = await listener.NextOfAnyTypeAsync();
        Assert.Equal(("heartbeat", "{}"), (heartbeat.EventType, heartbeat.Data));
        Assert.NotEmpty(listener.LastEventId);
        Assert.Null(heartbeat.EventId);
    }
}
