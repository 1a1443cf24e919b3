using System.Diagnostics;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;

namespace Cruddur.UnitTests.Data;

public sealed class AnnouncementTraceTests : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "Cruddur.Data",
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public AnnouncementTraceTests() => ActivitySource.AddActivityListener(_listener);

    [Fact]
    public void A_batch_belongs_to_the_trace_of_its_first_message_and_is_linked_to_the_others()
    {
        var announcements = new MessageAnnouncements();
        var first = Add(announcements, ActivityTraceFlags.Recorded);
        var second = Add(announcements, ActivityTraceFlags.Recorded);

        using var span = QueuedAnnouncement.StartSpan(ReadAll(announcements));
        Assert.Equal((first.TraceId, first.SpanId), (span!.TraceId, span.ParentSpanId));
        Assert.Equal(second, Assert.Single(span.Links).Context);
    }

    [Fact]
    public void A_message_outside_a_recorded_trace_starts_none()
    {
        var announcements = new MessageAnnouncements();
        Add(announcements, ActivityTraceFlags.None);
        Assert.Null(QueuedAnnouncement.StartSpan(ReadAll(announcements)));
    }

    public void Dispose() => _listener.Dispose();

    private static ActivityContext Add(MessageAnnouncements announcements, ActivityTraceFlags flags)
    {
        using var request = new Activity("request") { ActivityTraceFlags = flags }.Start();
        announcements.Add(new(Guid.NewGuid(), new(Guid.NewGuid(), Guid.NewGuid()), new(DateTimeOffset.UtcNow)));
        return request.Context;
    }

    private static List<QueuedAnnouncement> ReadAll(MessageAnnouncements announcements)
    {
        var all = new List<QueuedAnnouncement>();
        while (announcements.Reader.TryRead(out var queued))
        {
            all.Add(queued);
        }

        return all;
    }
}
