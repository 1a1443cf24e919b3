using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>A stream in which nothing happens.</summary>
public sealed class HeartbeatTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_silent_stream_tells_that_it_is_there_and_keeps_its_position()
    {
        var caller = await fixture.Users.NewAsync(TestContext.Current.CancellationToken);
        await using var listener = await EventListener.StartAsync(fixture.Api.Address, caller);

        var heartbeat = await listener.NextOfAnyTypeAsync();
        Assert.Equal(("heartbeat", "{}"), (heartbeat.EventType, heartbeat.Data));
        Assert.NotEmpty(listener.LastEventId);
        Assert.Null(heartbeat.EventId);
    }
}
