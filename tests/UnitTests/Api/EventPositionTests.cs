using Cruddur.Api.Events;
using Cruddur.Data;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.UnitTests.Api;

public sealed class EventPositionTests
{
    private static readonly UtcTimestamp Begin = UtcTimestamp.Parse("2026-11-22T15:00:00.000000+00:00");

    [Fact]
    public void A_message_counts_once_also_after_a_break()
    {
        var message = At(seconds: 1);
        var position = new EventPosition(Begin);
        Assert.True(position.TryAdd(message));
        Assert.False(position.TryAdd(message));

        var resumed = EventPosition.Parse(position.ToString())!;
        Assert.False(resumed.TryAdd(message));
        Assert.True(resumed.TryAdd(At(seconds: 1)));
    }

    [Fact]
    public void Messages_that_are_announced_out_of_order_are_looked_for_again()
    {
        var position = new EventPosition(Begin);
        position.TryAdd(At(seconds: 60));

        Assert.Equal("2026-11-22T15:00:55.000000+00:00", position.Since.ToString());
        Assert.Equal(position.Since, EventPosition.Parse(position.ToString())!.Since);
    }

    [Fact]
    public void Within_a_group_messages_are_looked_for_after_the_last()
    {
        var groupUuid = Guid.NewGuid();
        var (first, second, third) = (At(1, groupUuid), At(2, groupUuid), At(3, groupUuid));
        var position = new EventPosition(Begin);
        Assert.Equal(Begin, position.SinceIn(groupUuid, first.CreatedAt));

        position.TryAdd(first);
        Assert.Equal(first.CreatedAt, position.SinceIn(groupUuid, third.CreatedAt));

        position.TryAdd(second);
        position.TryAdd(third);
        Assert.Null(position.SinceIn(groupUuid, second.CreatedAt));
        Assert.Null(position.SinceIn(groupUuid, third.CreatedAt));
    }

    [Fact]
    public void A_clock_that_lags_behind_hides_no_message()
    {
        var late = At(-1);
        Assert.Equal(late.CreatedAt.Previous, new EventPosition(Begin).SinceIn(late.GroupUuid, late.CreatedAt));
    }

    [Fact]
    public void What_was_before_the_beginning_is_not_looked_for()
    {
        var position = new EventPosition(Begin);
        position.TryAdd(At(seconds: 1));
        Assert.Equal(Begin, EventPosition.Parse(position.ToString())!.Since);
    }

    [Fact]
    public void The_id_stays_short()
    {
        var position = new EventPosition(Begin);
        for (var i = 0; i < 1000; i++)
        {
            position.TryAdd(At(seconds: i));
        }

        Assert.InRange(position.ToString().Length, 1, 200);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.000000+00:00")]
    [InlineData("9999-12-31T23:59:59.999999+00:00")]
    public void Time_has_ends(string time) =>
        Assert.Equal(time, EventPosition.Parse($"{time}~{time}~")!.Since.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("~~")]
    [InlineData("2026-11-22T15:00:00.000000+00:00")]
    [InlineData("2026-11-22T15:00:00.000000+00:00~yesterday~")]
    public void What_is_no_id_is_refused(string id) => Assert.Null(EventPosition.Parse(id));

    private static Message At(int seconds, Guid? groupUuid = null) =>
        new(Guid.NewGuid(), groupUuid ?? Guid.NewGuid(), new(Begin.ToDateTimeOffset().AddSeconds(seconds)), "Hello", new User(Guid.NewGuid(), "bayko", "Andrew Bayko"));
}
