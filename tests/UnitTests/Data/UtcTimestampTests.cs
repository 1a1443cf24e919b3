using Cruddur.Data;

namespace Cruddur.UnitTests.Data;

public sealed class UtcTimestampTests
{
    [Fact]
    public void Is_written_in_utc_with_a_fixed_width()
    {
        var timestamp = new UtcTimestamp(new DateTimeOffset(2026, 11, 22, 16, 10, 17, TimeSpan.FromHours(1)).AddMicroseconds(473774));
        Assert.Equal("2026-11-22T15:10:17.473774+00:00", timestamp.ToString());
    }

    [Fact]
    public void A_whole_second_keeps_its_width() =>
        Assert.Equal("2026-01-01T00:00:00.000000+00:00", new UtcTimestamp(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToString());

    [Theory]
    [InlineData("2026-11-22T15:10:17.473774+00:00", "2026-11-22T15:10:17.473774+00:00")]
    [InlineData("2023-04-10T12:00:00+01:00", "2023-04-10T11:00:00.000000+00:00")]
    [InlineData("2023-04-10T23:30:00.5-05:30", "2023-04-11T05:00:00.500000+00:00")]
    [InlineData("2023-04-10T12:00:00.123456Z", "2023-04-10T12:00:00.123456+00:00")]
    [InlineData("2023-04-10T12:00:00", "2023-04-10T12:00:00.000000+00:00")]
    public void Earlier_forms_are_read(string text, string expected) => Assert.Equal(expected, UtcTimestamp.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2023-04-10")]
    [InlineData("yesterday")]
    [InlineData("2023-13-10T12:00:00+00:00")]
    public void What_is_no_timestamp_is_refused(string? text) => Assert.False(UtcTimestamp.TryParse(text, out _));

    [Fact]
    public void The_order_of_the_texts_is_the_order_in_time()
    {
        var random = new Random(5);
        var start = new DateTimeOffset(2019, 12, 31, 23, 59, 59, TimeSpan.Zero);
        var moments = Enumerable.Range(0, 1000)
            .Select(_ => start.AddTicks(random.NextInt64(TimeSpan.FromDays(4000).Ticks)).ToOffset(TimeSpan.FromHours(random.Next(-12, 13))))
            .ToList();

        var byText = moments.OrderBy(moment => new UtcTimestamp(moment).ToString(), StringComparer.Ordinal);
        Assert.Equal(moments.OrderBy(moment => moment.UtcTicks / TimeSpan.TicksPerMicrosecond), byText);
    }

    [Fact]
    public void Next_is_one_microsecond_later()
    {
        var last = UtcTimestamp.Parse("2026-12-31T23:59:59.999999+00:00");
        Assert.Equal("2027-01-01T00:00:00.000000+00:00", last.Next.ToString());
        Assert.True(last.Next > last);
        Assert.Equal(last.Next, UtcTimestamp.Latest(last, last.Next));
    }

    [Fact]
    public void Is_cut_to_the_microsecond()
    {
        var timestamp = new UtcTimestamp(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(19));
        Assert.Equal("2026-01-01T00:00:00.000001+00:00", timestamp.ToString());
    }
}
