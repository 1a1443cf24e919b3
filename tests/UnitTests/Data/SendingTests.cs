using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Cruddur.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Cruddur.UnitTests.Data;

/// <summary>Conflicts, throttling, time-outs and stopped requests while messages are sent.</summary>
public sealed class SendingTests
{
    private static readonly User Andrew = new(new("aaaaaaaa-0000-4000-8000-000000000001"), "andrewbrown", "Andrew Brown");
    private static readonly User Bayko = new(new("bbbbbbbb-0000-4000-8000-000000000002"), "bayko", "Andrew Bayko");
    private static readonly UserPair Members = new(Andrew.Uuid, Bayko.Uuid);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero));
    private readonly FakeMessagesTable _table = new();
    private readonly MessageAnnouncements _announcements = new();
    private readonly MessageStore _store;

    public SendingTests() => _store = NewStore();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_announced_when_its_request_stops_waiting()
    {
        var group = await NewGroupAsync();
        var (commit, started) = (new TaskCompletionSource(), new TaskCompletionSource());
        _table.OnTransaction = async request =>
        {
            started.SetResult();
            await commit.Task;
            return await _table.CommitAsync(request);
        };
        using var request = new CancellationTokenSource();
        var sending = _store.SendAsync(group, Andrew, Bayko, "hello", key: null, request.Token);
        await started.Task.WaitAsync(Limit, Cancelled);
        await request.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        commit.SetResult();

        var queued = await _announcements.Reader.ReadAsync(Cancelled).AsTask().WaitAsync(Limit, Cancelled);
        Assert.Equal([queued.Announcement.CreatedAt.ToString()], _table.SortKeys(ItemKeys.Messages(group.Uuid)).Skip(1));
        Assert.Equal((group.Uuid, Members), (queued.Announcement.GroupUuid, queued.Announcement.Members));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_announced_after_a_time_out_with_an_unknown_outcome(bool isFirst)
    {
        var group = isFirst ? null : await NewGroupAsync();
        _table.OnTransaction = async request =>
        {
            await _table.CommitAsync(request);
            throw new TimeoutException();
        };

        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(group, "hello"));
        Assert.True(_announcements.Reader.TryRead(out var queued));
        Assert.Contains(queued.Announcement.CreatedAt.ToString(), _table.SortKeys(ItemKeys.Messages(queued.Announcement.GroupUuid)));
    }

    [Fact]
    public async Task A_repeated_request_finds_the_message_that_timed_out_after_its_commit()
    {
        var group = await NewGroupAsync();
        var key = IdempotencyKey.For("once", $"{group.Uuid}", "hello");
        _table.OnTransaction = async request =>
        {
            await _table.CommitAsync(request);
            throw new TimeoutException();
        };
        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(group, "hello", key));
        Assert.True(_announcements.Reader.TryRead(out var queued));

        _table.OnTransaction = _table.CommitAsync;
        var message = await SendAsync(group, "hello", key);
        Assert.Equal(queued.Announcement.CreatedAt, message.CreatedAt);
        Assert.Equal(2, _table.SortKeys(ItemKeys.Messages(group.Uuid)).Count);
        Assert.False(_announcements.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData("TransactionConflict", true)]
    [InlineData("ThrottlingError", true)]
    [InlineData("ProvisionedThroughputExceeded", true)]
    [InlineData("TransactionConflict", false)]
    [InlineData("ThrottlingError", false)]
    public async Task A_message_has_the_time_of_the_attempt_that_writes_it(string code, bool hasGroup)
    {
        var group = hasGroup ? await NewGroupAsync() : null;
        var attempts = 0;
        _table.OnTransaction = request =>
        {
            if (++attempts < 3)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(600));
                throw FakeMessagesTable.Cancelled(request, code);
            }

            return _table.CommitAsync(request);
        };
        var before = _clock.GetUtcNow();
        var message = await SendAsync(group, "hello");

        Assert.True(message.CreatedAt.ToDateTimeOffset() - before >= TimeSpan.FromSeconds(1.2), $"{message.CreatedAt}");
        Assert.True(_announcements.Reader.TryRead(out var queued));
        Assert.Equal(message.CreatedAt, queued.Announcement.CreatedAt);
        Assert.False(_announcements.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_group_that_stays_busy_is_reported_in_time_for_an_answer()
    {
        var group = await NewGroupAsync();
        _table.OnTransaction = request =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            throw FakeMessagesTable.Cancelled(request, "TransactionConflict");
        };
        var start = _clock.GetUtcNow();
        await Assert.ThrowsAsync<MessageGroupBusyException>(() => SendAsync(group, "hello"));
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.3));
        Assert.False(_announcements.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_message_whose_request_has_stopped_waiting_is_not_tried_again()
    {
        var group = await NewGroupAsync();
        using var request = new CancellationTokenSource();
        var attempts = 0;
        _table.OnTransaction = transaction =>
        {
            attempts++;
            request.Cancel();
            throw FakeMessagesTable.Cancelled(transaction, "TransactionConflict");
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.SendAsync(group, Andrew, Bayko, "late", key: null, request.Token));

        _table.OnTransaction = _table.CommitAsync;
        await SendAsync(group, "hello");
        Assert.Equal(1, attempts);
        Assert.Equal(2, _table.SortKeys(ItemKeys.Messages(group.Uuid)).Count);
    }

    [Fact]
    public async Task Messages_behind_one_that_failed_for_lack_of_a_server_fail_at_once()
    {
        var group = await NewGroupAsync();
        var (answer, started) = (new TaskCompletionSource(), new TaskCompletionSource());
        var attempts = 0;
        _table.OnTransaction = async _ =>
        {
            attempts++;
            started.TrySetResult();
            await answer.Task;
            throw new TimeoutException();
        };
        var first = SendAsync(group, "1");
        await started.Task.WaitAsync(Limit, Cancelled);
        var behind = Enumerable.Range(0, 30).Select(i => SendAsync(group, $"{i}")).ToList();
        answer.SetResult();

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        foreach (var sending in behind)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => sending);
        }

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Requests_that_share_a_transaction_link_to_its_span()
    {
        using var source = new ActivitySource("SendingTests");
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name is "Cruddur.Data" or "SendingTests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var group = await NewGroupAsync();
        var (commit, started) = (new TaskCompletionSource(), new TaskCompletionSource());
        _table.OnTransaction = async request =>
        {
            started.TrySetResult();
            await commit.Task;
            return await _table.CommitAsync(request);
        };

        var requests = new List<Activity>();
        var sendings = new List<Task>();
        for (var i = 0; i < 3; i++)
        {
            Activity.Current = null;
            requests.Add(source.StartActivity($"request {i}")!);
            sendings.Add(SendAsync(group, $"{i}"));
            await started.Task.WaitAsync(Limit, Cancelled);
        }

        commit.SetResult();
        await Task.WhenAll(sendings).WaitAsync(Limit, Cancelled);

        Assert.Empty(requests[0].Links);
        Assert.Empty(requests[1].Links);
        var link = Assert.Single(requests[2].Links);
        Assert.Equal(requests[1].TraceId, link.Context.TraceId);
        await WaitUntilAsync(() =>
        {
            lock (spans)
            {
                return spans.Exists(span => span.SpanId == link.Context.SpanId && span.ParentSpanId == requests[1].SpanId);
            }
        });
        requests.ForEach(request => request.Dispose());
    }

    /// <summary>Two processes write to one group while DynamoDB conflicts, throttles and times out at random.</summary>
    /// <remarks>A failure names the seed. Set CRUDDUR_TEST_SEED to it to repeat the run.</remarks>
    [Fact]
    public async Task Racing_processes_store_each_message_once_and_announce_all()
    {
        const int Messages = 200;
        var seed = TestSeed.Next();
        var random = new Random(seed);
        var group = await NewGroupAsync();
        _table.OnTransaction = async request =>
        {
            int dice;
            lock (random)
            {
                dice = random.Next(10);
            }

            await Task.Yield();
            switch (dice)
            {
                case 0:
                    throw FakeMessagesTable.Cancelled(request, "TransactionConflict");
                case 1:
                    throw FakeMessagesTable.Cancelled(request, "ThrottlingError");
                case 2:
                    throw new TimeoutException();
                case 3:
                    await _table.CommitAsync(request);
                    throw new TimeoutException();
                default:
                    return await _table.CommitAsync(request);
            }
        };
        MessageStore[] stores = [_store, NewStore()];
        var sent = await Task.WhenAll(Enumerable.Range(0, Messages).Select(async i =>
        {
            while (true)
            {
                try
                {
                    var key = IdempotencyKey.For($"{i}", $"{group.Uuid}", $"{i}");
                    return await RunAsync(stores[i % 2].SendAsync(group, Andrew, Bayko, $"{i}", key, Cancelled));
                }
                catch (Exception exception) when (exception is TimeoutException or MessageGroupBusyException)
                {
                    // The client repeats the request with the same key.
                }
            }
        }));

        var announced = new HashSet<string>();
        while (_announcements.Reader.TryRead(out var queued))
        {
            announced.Add(queued.Announcement.CreatedAt.ToString());
        }

        var stored = _table.SortKeys(ItemKeys.Messages(group.Uuid)).Skip(1).ToList();
        Assert.True(stored.Order().SequenceEqual(sent.Select(message => message.CreatedAt.ToString()).Order()), $"Seed {seed}: stored");
        Assert.True(stored.All(announced.Contains), $"Seed {seed}: announced");
        foreach (var member in new[] { Andrew, Bayko })
        {
            Assert.True(_table.SortKeys(ItemKeys.GroupHeads(member.Uuid)).SequenceEqual(stored[^1..]), $"Seed {seed}: heads");
        }
    }

    private MessageStore NewStore()
    {
        var client = _table.NewClient(_clock);
        var cache = new ConversationCache();
        return new(client, new(client, cache), cache, _announcements, _clock);
    }

    /// <summary>A group with one message.</summary>
    private async Task<MessageGroup> NewGroupAsync()
    {
        var first = await SendAsync(group: null, "first");
        Assert.True(_announcements.Reader.TryRead(out _));
        return (await new MessageGroupStore(_table.NewClient(_clock), new()).FindForMemberAsync(first.GroupUuid, Andrew.Uuid, Cancelled))!;
    }

    private Task<Message> SendAsync(MessageGroup? group, string text, IdempotencyKey? key = null) => RunAsync(group is null
        ? _store.SendAsync(Andrew, Bayko, text, key, Cancelled)
        : _store.SendAsync(group, Andrew, Bayko, text, key, Cancelled));

    /// <summary>Lets time pass until the task ends, so that pauses between attempts end too.</summary>
    private async Task<T> RunAsync<T>(Task<T> task)
    {
        await WaitUntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return task.IsCompleted;
        });
        return await task;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Limit, "It takes too long.");
            await Task.Delay(1, Cancelled);
        }
    }
}
