using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Paging;
using Cruddur.Data.Upgrades;
using Cruddur.Data.Users;
using Cruddur.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cruddur.UnitTests.Data;

/// <summary>What each replica remembers of conversations that other replicas, the seeder and an operator change.</summary>
public sealed class ConversationCacheTests
{
    private const int Limit = 5;

    private static readonly Guid GroupUuid = new("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
    private static readonly User Andrew = new(new("aaaaaaaa-0000-4000-8000-000000000001"), "andrewbrown", "Andrew Brown");
    private static readonly User Bayko = new(new("bbbbbbbb-0000-4000-8000-000000000002"), "bayko", "Andrew Bayko");
    private static readonly User Londo = new(new("cccccccc-0000-4000-8000-000000000003"), "londo", "Londo Mollari");

    private readonly FakeMessagesTable _table = new();
    private readonly Replica[] _replicas;

    public ConversationCacheTests() => _replicas = [new(_table), new(_table)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <remarks>A failure names the seed. Set CRUDDUR_TEST_SEED to it to repeat the run.</remarks>
    [Fact]
    public async Task No_read_at_any_replica_misses_a_message_that_was_sent_before_it()
    {
        const int Messages = 1_000;
        var seed = TestSeed.Next();
        await _replicas[0].ImportAsync(Andrew, Bayko, "hello");
        var sent = new List<Message>();
        _table.OnRead = async () => await Task.Yield();

        var writers = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            var random = new Random(seed + i);
            for (var j = 0; j < Messages / 4; j++)
            {
                var message = await RandomReplica(random).SendAsync(i % 2 == 0 ? Andrew : Bayko, $"{i}/{j}");
                lock (sent)
                {
                    sent.Add(message);
                }
            }
        })).ToList();
        var readers = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            var random = new Random(seed - i - 1);
            var reads = 0;
            while (!writers.TrueForAll(writer => writer.IsCompleted))
            {
                List<Message> expected;
                lock (sent)
                {
                    expected = [.. sent];
                }

                var page = await RandomReplica(random).ListAsync(Andrew);
                var missing = expected
                    .Where(message => message.CreatedAt >= page.Items[^1].CreatedAt)
                    .ExceptBy(page.Items.Select(message => message.Uuid), message => message.Uuid);
                Assert.True(!missing.Any(), $"Seed {seed}: a read missed {missing.FirstOrDefault()?.Text}.");
                reads++;
            }

            Assert.True(reads > 0);
        })).ToList();
        await Task.WhenAll([.. writers, .. readers]);
    }

    /// <remarks>A failure names the seed. Set CRUDDUR_TEST_SEED to it to repeat the run.</remarks>
    [Fact]
    public async Task Every_replica_reads_what_is_stored_after_each_change_of_any_kind()
    {
        const int Rounds = 300;
        string[] changes = ["send", "send", "send", "send", "send", "send", "save", "restore", "drop and seed", "upgrade", "add history"];
        var seed = TestSeed.Next();
        var random = new Random(seed);
        await _replicas[0].ImportAsync(Andrew, Bayko, "hello");
        var saved = _table.Save();
        for (var i = 0; i < Rounds; i++)
        {
            var change = changes[random.Next(changes.Length)];
            switch (change)
            {
                case "save":
                    saved = _table.Save();
                    break;
                case "restore":
                    _table.Restore(saved);
                    break;
                case "drop and seed":
                    _table.Restore(FakeMessagesTable.Empty);
                    await RandomReplica(random).ImportAsync(Andrew, random.Next(2) == 0 ? Bayko : Londo, $"{random.Next(3)}");
                    break;
                case "upgrade":
                    PutEarlierMessage(random);
                    await RandomReplica(random).UpgradeAsync();
                    break;
                case "add history":
                    var history = RandomReplica(random).NewHistory();
                    await history.AddAsync([NewMessage(FirstAt().AddSeconds(-1))], Cancelled);
                    await history.CompleteAsync(Cancelled);
                    break;
                default:
                    await RandomReplica(random).SendAsync(Andrew, $"message {i}");
                    break;
            }

            foreach (var replica in _replicas)
            {
                foreach (var user in new[] { Andrew, Bayko, Londo })
                {
                    var expected = await new Replica(_table).ReadAllAsync(user);
                    var actual = await replica.ReadAllAsync(user);
                    Assert.True(expected.SequenceEqual(actual), $"Seed {seed}: change {i} ({change}) of {user.Handle}'s pages");
                }
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_to_a_conversation_that_no_longer_exists_is_refused(bool isCreatedAgain)
    {
        await _replicas[0].ImportAsync(Andrew, Bayko, "hello");
        var group = (await _replicas[0].Groups.FindForMemberAsync(GroupUuid, Andrew.Uuid, Cancelled))!;
        _table.Restore(FakeMessagesTable.Empty);
        if (isCreatedAgain)
        {
            await _replicas[1].ImportAsync(Bayko, Londo, "secret");
        }

        var before = _table.SortKeys(ItemKeys.Messages(GroupUuid));
        await Assert.ThrowsAsync<MessageGroupReplacedException>(() =>
            _replicas[0].Messages.SendAsync(group, Andrew, Bayko, "hello?", key: null, Cancelled));
        Assert.Equal(before, _table.SortKeys(ItemKeys.Messages(GroupUuid)));
        Assert.Null(await _replicas[0].Groups.FindKnownForMemberAsync(GroupUuid, Andrew.Uuid, Cancelled));
    }

    [Fact]
    public async Task A_message_to_a_user_goes_to_the_conversation_that_an_upgrade_found()
    {
        var first = await _replicas[0].Messages.SendAsync(Andrew, Bayko, "hello", key: null, Cancelled);
        await _replicas[1].Messages.SendAsync(Andrew, Bayko, "hello again", key: null, Cancelled);
        const string InTheFuture = "2090-01-01T00:00:00+00:00";
        PutEarlier($"GRP#{Andrew.Uuid}", InTheFuture, Bayko, "message_group_uuid", GroupUuid);
        PutEarlier($"GRP#{Bayko.Uuid}", InTheFuture, Andrew, "message_group_uuid", GroupUuid);
        PutEarlier($"MSG#{GroupUuid}", InTheFuture, Bayko, "message_uuid", Guid.NewGuid());
        await _replicas[1].UpgradeAsync();

        foreach (var replica in _replicas)
        {
            var next = await replica.Messages.SendAsync(Andrew, Bayko, "still here?", key: null, Cancelled);
            Assert.NotEqual(first.GroupUuid, next.GroupUuid);
            Assert.Equal(GroupUuid, next.GroupUuid);
        }
    }

    [Fact]
    public async Task A_message_to_a_user_starts_a_new_conversation_after_the_table_was_dropped()
    {
        var first = await _replicas[0].Messages.SendAsync(Andrew, Bayko, "hello", key: null, Cancelled);
        _table.Restore(FakeMessagesTable.Empty);

        var second = await _replicas[0].Messages.SendAsync(Andrew, Bayko, "hello", key: null, Cancelled);

        Assert.NotEqual(first.GroupUuid, second.GroupUuid);
        Assert.Empty(_table.SortKeys(ItemKeys.Messages(first.GroupUuid)));
    }

    [Fact]
    public async Task A_message_that_was_sent_during_a_read_is_not_part_of_the_earlier_state()
    {
        await _replicas[0].ImportAsync(Andrew, Bayko, "hello");
        var saved = _table.Save();
        var group = (await _replicas[0].Groups.FindForMemberAsync(GroupUuid, Andrew.Uuid, Cancelled))!;
        await _replicas[1].SendAsync(Bayko, "unsaved");
        Assert.Equal(2, (await _replicas[0].Messages.ListAsync(group, Limit, start: null, Cancelled)).Items.Count);

        _table.Restore(saved);
        Assert.Equal(["hello"], (await _replicas[0].ListAsync(Andrew)).Items.Select(message => message.Text));
    }

    [Fact]
    public async Task Older_messages_are_read_while_they_are_added()
    {
        await _replicas[0].ImportAsync(Andrew, Bayko, "newest");
        var history = _replicas[1].NewHistory();
        for (var count = 2; count <= 4; count++)
        {
            await history.AddAsync([NewMessage(FirstAt().AddSeconds(-1))], Cancelled);
            Assert.Equal(count, (await _replicas[0].ReadAllAsync(Andrew)).Count);

            // A message in between does not end the import.
            await _replicas[1].SendAsync(Bayko, "newer");
            Assert.Equal(++count, (await _replicas[0].ReadAllAsync(Andrew)).Count);
        }

        await history.CompleteAsync(Cancelled);
        Assert.False((await _replicas[0].Groups.FindForMemberAsync(GroupUuid, Andrew.Uuid, Cancelled))!.IsImporting);
    }

    [Fact]
    public void The_cache_does_not_grow_beyond_its_limit()
    {
        using var cache = new ConversationCache();
        var sizes = new List<long>();
        for (var i = 0; i < 5_000; i++)
        {
            var at = UtcTimestamp.Parse("2026-11-22T15:00:00.000000+00:00");
            var group = new MessageGroup(Guid.NewGuid(), new(Andrew.Uuid, Guid.NewGuid()), at);
            var message = new Message(Guid.NewGuid(), group.Uuid, at, new('x', 1024), Andrew);
            cache.AddForPair(group);
            cache.AddPage(group, 20, start: null, new([.. Enumerable.Repeat(message, 20)], Older: null, Newer: null));
            sizes.Add(cache.Size);
        }

        Assert.InRange(sizes.Max(), ConversationCache.MaxSize / 2, ConversationCache.MaxSize);
    }

    private Replica RandomReplica(Random random) => _replicas[random.Next(_replicas.Length)];

    /// <summary>Puts a message among the others, with a key in another time zone that sorts elsewhere.</summary>
    private void PutEarlierMessage(Random random)
    {
        var at = FirstAt().AddSeconds(-random.Next(1, 1000)).ToOffset(TimeSpan.FromHours(-12));
        PutEarlier($"MSG#{GroupUuid}", $"{at:yyyy-MM-ddTHH:mm:sszzz}", Andrew, "message_uuid", Guid.NewGuid());
    }

    private static Message NewMessage(DateTimeOffset at) => new(Guid.NewGuid(), GroupUuid, new(at), "long ago", Andrew);

    private DateTimeOffset FirstAt() => UtcTimestamp.Parse(_table.SortKeys(ItemKeys.Messages(GroupUuid))[0]).ToDateTimeOffset();

    private void PutEarlier(string pk, string sk, User user, string uuidAttribute, Guid uuid)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["pk"] = new(pk), ["sk"] = new(sk), [uuidAttribute] = new($"{uuid}"), ["message"] = new("of an earlier version"),
        };
        item.SetUser(user);
        _table.Put(item);
    }

    /// <summary>The stores of one process.</summary>
    private sealed class Replica
    {
        private readonly MessagesTableClient _client;
        private readonly MessagesTableBatches _batches;

        public Replica(FakeMessagesTable table)
        {
            var cache = new ConversationCache();
            _client = table.NewClient(TimeProvider.System);
            _batches = new(table.Client, TimeProvider.System);
            Groups = new(_client, cache);
            Messages = new(_client, Groups, cache, new(), TimeProvider.System);
        }

        public MessageGroupStore Groups { get; }

        public MessageStore Messages { get; }

        /// <summary>Writes the same group, messages and times each time, as the seeder does.</summary>
        public Task<int> ImportAsync(User one, User other, string text) => new ConversationImport(_client, Groups, TimeProvider.System)
            .ImportAsync(
                GroupUuid, one, other, [new(one, text)], new(2023, 4, 10, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(1), Cancelled);

        public MessageHistory NewHistory() => new(_client, _batches, TimeProvider.System);

        public Task<UpgradeResult> UpgradeAsync() =>
            new ConversationUpgrade(_client, Groups, TimeProvider.System, NullLogger<ConversationUpgrade>.Instance).RunAsync(Cancelled);

        public async Task<Message> SendAsync(User sender, string text)
        {
            while (true)
            {
                var group = (await Groups.FindKnownForMemberAsync(GroupUuid, sender.Uuid, Cancelled))!;
                var receiver = new[] { Andrew, Bayko, Londo }.Single(user => user.Uuid == group.Members.OtherThan(sender.Uuid));
                try
                {
                    return await Messages.SendAsync(group, sender, receiver, text, key: null, Cancelled);
                }
                catch (MessageGroupReplacedException)
                {
                    // The next round finds the group as it is now.
                }
            }
        }

        public async Task<Page<Message>> ListAsync(User reader, PageStart? start = null) =>
            await Groups.FindForMemberAsync(GroupUuid, reader.Uuid, Cancelled) is { } group
                ? await Messages.ListAsync(group, Limit, start, Cancelled)
                : new([], Older: null, Newer: null);

        /// <summary>The messages on all pages, back in time.</summary>
        public async Task<List<Message>> ReadAllAsync(User reader)
        {
            var page = await ListAsync(reader);
            var messages = page.Items.ToList();
            while (page.Older is { } older)
            {
                page = await ListAsync(reader, new(older, PageDirection.Older));
                messages.AddRange(page.Items);
            }

            return messages;
        }
    }
}
