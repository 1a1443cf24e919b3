using Cruddur.Api.Events;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;

namespace Cruddur.UnitTests.Api;

public sealed class MessageHubTests
{
    private static readonly UserPair Members = new(Guid.NewGuid(), Guid.NewGuid());

    private readonly MessageHub _hub = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_members_get_an_announcement_on_each_of_their_streams()
    {
        using var first = _hub.Subscribe(Members.First);
        using var again = _hub.Subscribe(Members.First);
        using var second = _hub.Subscribe(Members.Second);
        using var stranger = _hub.Subscribe(Guid.NewGuid());
        var announcement = NewAnnouncement();
        _hub.OnNotification(announcement.ToString());

        foreach (var subscription in new[] { first, again, second })
        {
            Assert.Equal(announcement, await subscription.NextAsync(Cancelled));
        }

        Assert.False(stranger.NextAsync(Cancelled).IsCompleted);
    }

    [Fact]
    public async Task A_new_connection_makes_every_listener_look_for_missed_messages()
    {
        using var subscription = _hub.Subscribe(Members.First);
        _hub.OnNotification(NewAnnouncement().ToString());
        _hub.OnConnected();

        Assert.Null(await subscription.NextAsync(Cancelled));
        Assert.False(subscription.NextAsync(Cancelled).IsCompleted);
    }

    [Fact]
    public async Task A_slow_listener_looks_for_the_announcements_that_found_no_place()
    {
        using var subscription = _hub.Subscribe(Members.First);
        for (var i = 0; i < 1000; i++)
        {
            _hub.OnNotification(NewAnnouncement().ToString());
        }

        Assert.Null(await subscription.NextAsync(Cancelled));
        Assert.False(subscription.NextAsync(Cancelled).IsCompleted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one|two|three|four")]
    public void Another_payload_is_ignored(string payload)
    {
        using var subscription = _hub.Subscribe(Members.First);
        _hub.OnNotification(payload);
        Assert.False(subscription.NextAsync(Cancelled).IsCompleted);
    }

    [Fact]
    public async Task A_stream_that_ends_during_an_announcement_does_not_keep_it_from_the_others()
    {
        // A disposed subscription is what the hub still holds when a stream ends while an announcement is passed on.
        var ended = _hub.Subscribe(Members.First);
        ended.Dispose();
        ended.Announce(NewAnnouncement());
        ended.LookForMissed();

        // The same with real threads: streams come and go during announcements.
        using var staying = _hub.Subscribe(Members.Second);
        var streams = Task.Run(() => Parallel.For(0, 20_000, _ => _hub.Subscribe(Members.First).Dispose()), Cancelled);
        var sent = 0;
        while (!streams.IsCompleted)
        {
            var announcement = NewAnnouncement();
            _hub.OnNotification(announcement.ToString());
            _hub.OnConnected();
            Assert.Null(await staying.NextAsync(Cancelled));
            sent++;
        }

        await streams;
        Assert.NotEqual(0, sent);
    }

    private static MessageAnnouncement NewAnnouncement() => new(Guid.NewGuid(), Members, new(DateTimeOffset.UtcNow));
}
