using Cruddur.Api.Paging;
using Cruddur.Data;
using Cruddur.Data.Activities;
using Cruddur.Data.Paging;

namespace Cruddur.UnitTests.Api;

public sealed class CursorTests
{
    private const string Time = "2026-11-22T15:10:17.473774+00:00";

    [Theory]
    [InlineData(Time, PageDirection.Older)]
    [InlineData(Time, PageDirection.Newer)]
    [InlineData("2023-04-10T12:00:00+01:00", PageDirection.Older)]
    public void A_cursor_leads_to_the_place_it_was_made_for(string position, PageDirection direction)
    {
        var start = new PageStart(position, direction);
        Assert.Equal(start, Cursor.Decode(Cursor.Encode(start), UtcTimestamp.IsTimestamp));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("%%%")]
    [InlineData("\0")]
    [InlineData(Time)]
    [InlineData("PA")]
    [InlineData("PHllc3RlcmRheQ")]
    public void Other_texts_are_no_cursors(string text) => Assert.Null(Cursor.Decode(text, UtcTimestamp.IsTimestamp));

    [Fact]
    public void A_cursor_of_messages_is_none_of_activities_and_the_other_way_round()
    {
        var message = Cursor.Encode(new(Time, PageDirection.Older));
        var activity = Cursor.Encode(new(new ActivityPosition(UtcTimestamp.Parse(Time), Guid.NewGuid()).ToString(), PageDirection.Older));

        Assert.NotNull(Cursor.Decode(activity, text => ActivityPosition.TryParse(text, out _)));
        Assert.Null(Cursor.Decode(message, text => ActivityPosition.TryParse(text, out _)));
        Assert.Null(Cursor.Decode(activity, UtcTimestamp.IsTimestamp));
    }
}
