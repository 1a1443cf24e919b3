using Cruddur.Api.Events;
using Cruddur.Data;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.UnitTests.Api;

public sealed class EventPositionTests
{
    private static readonly UtcTimestamp Start = UtcTimestamp.Parse("2026-11-22T15:00:00.000000+00:00");

    [Fact]
    public void A_message_counts_once_also_after_a_break()
    {
        var message = At(seconds: 1);
        var position = new EventPosition(Start);
        Assert.True(position.TryAdd(message));
        Assert.False(position.TryAdd(message));

        var resumed = EventPosition.Parse(position.ToString())!;
        Assert.False(resumed.TryAdd(message));
        Assert.True(resumed.TryAdd(At(seconds: 1)));
        Assert.True(resumed.TryAdd(At(seconds: 2, message.GroupUuid)));
    }

    [Fact]
    public void A_message_in_one_conversation_says_nothing_about_the_others()
    {
        var position = new EventPosition(Start);
        position.TryAdd(At(seconds: 60));

        Assert.Equal(Start, position.Since);
        Assert.Equal(Start, EventPosition.Parse(position.ToString())!.Since);
    }

    [Fact]
    public void A_complete_read_leaves_time_for_messages_that_become_visible_late()
    {
        var groupUuid = Guid.NewGuid();
        var position = new EventPosition(Start);
        position.TryAdd(At(seconds: 30, groupUuid));
        position.MoveTo(Start.ToDateTimeOffset().AddSeconds(60));

        Assert.Equal("2026-11-22T15:00:45.000000+00:00", position.Since.ToString());
        Assert.Equal(At(seconds: 30).CreatedAt, position.SinceIn(groupUuid));
        Assert.Equal(position.Since, position.SinceIn(Guid.NewGuid()));
    }

    [Fact]
    public void A_read_soon_after_the_start_does_not_go_back_before_it()
    {
        var position = new EventPosition(Start);
        position.MoveTo(Start.ToDateTimeOffset().AddSeconds(1));
        Assert.Equal(Start, position.Since);
    }

    [Fact]
    public void Within_a_group_messages_after_the_last_one_are_missing()
    {
        var groupUuid = Guid.NewGuid();
        var (first, second, third) = (At(1, groupUuid), At(2, groupUuid), At(3, groupUuid));
        var position = new EventPosition(Start);
        Assert.Equal(Start, position.SinceIn(groupUuid, first.CreatedAt));

        position.TryAdd(first);
        Assert.Equal(first.CreatedAt, position.SinceIn(groupUuid, third.CreatedAt));

        position.TryAdd(second);
        position.TryAdd(third);
        Assert.Null(position.SinceIn(groupUuid, second.CreatedAt));
        Assert.Null(position.SinceIn(groupUuid, third.CreatedAt));
    }

    [Fact]
    public void A_clock_that_is_behind_hides_no_message()
    {
        var late = At(-1);
        Assert.Equal(late.CreatedAt.Previous, new EventPosition(Start).SinceIn(late.GroupUuid, late.CreatedAt));
    }

    [Fact]
    public void The_id_fits_in_a_header()
    {
        var position = new EventPosition(Start);
        for (var i = 0; i < 1000; i++)
        {
            position.TryAdd(At(seconds: i));
        }

        Assert.InRange(position.ToString().Length, 1, 4096);
        Assert.False(EventPosition.Parse(position.ToString())!.TryAdd(At(seconds: 998) with { GroupUuid = LastGroup }));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.000000+00:00")]
    [InlineData("9999-12-31T23:59:59.999999+00:00")]
    public void An_id_may_have_any_time(string time) =>
        Assert.Equal(time, EventPosition.Parse($"{time}~")!.Since.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("~~")]
    [InlineData("2026-11-22T15:00:00.000000+00:00")]
    [InlineData("2026-11-22T15:00:00.000000+00:00~yesterday")]
    [InlineData("2026-11-22T15:00:00.000000+00:00~AAAA:1")]
    [InlineData("2026-11-22T15:00:00.000000+00:00~AAAAAAAAAAAAAAAAAAAAAA:-1")]
    [InlineData("2026-11-22T15:00:00.000000+00:00~AAAAAAAAAAAAAAAAAAAAAA:9223372036854775807")]
    [InlineData("9999-12-31T23:59:59.999999+00:00~AAAAAAAAAAAAAAAAAAAAAA:2")]
    [InlineData("yesterday~")]
    public void Another_text_is_refused(string id) => Assert.Null(EventPosition.Parse(id));

    private static readonly Guid LastGroup = Guid.NewGuid();

    private static Message At(int seconds, Guid? groupUuid = null) => new(
        Guid.NewGuid(),
        groupUuid ?? (seconds == 999 ? LastGroup : Guid.NewGuid()),
        new(Start.ToDateTimeOffset().AddSeconds(seconds)),
        "Hello",
        new User(Guid.NewGuid(), "bayko", "Andrew Bayko"));
}
