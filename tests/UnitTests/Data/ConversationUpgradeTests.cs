using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Upgrades;
using Cruddur.Data.Users;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cruddur.UnitTests.Data;

/// <summary>Conflicts, throttling, time-outs and writers at each transaction of an upgrade.</summary>
public sealed class ConversationUpgradeTests
{
    private const string Newest = "2023-04-10T16:30:00.500000+00:00";

    private static readonly User Andrew = new(new("aaaaaaaa-0000-4000-8000-000000000001"), "andrewbrown", "Andrew Brown");
    private static readonly User Bayko = new(new("bbbbbbbb-0000-4000-8000-000000000002"), "bayko", "Andrew Bayko");
    private static readonly Guid Earlier = new("cccccccc-0000-4000-8000-000000000003");

    private readonly FakeMessagesTable _table = new();
    private readonly MessagesTableClient _client;
    private readonly MessageGroupStore _groups;
    private readonly MessageStore _messages;
    private readonly ConversationUpgrade _upgrade;

    public ConversationUpgradeTests()
    {
        _client = _table.NewClient(TimeProvider.System);
        var cache = new ConversationCache();
        _groups = new(_client, cache);
        _messages = new(_client, _groups, cache, new(), TimeProvider.System);
        _upgrade = new(_client, _groups, TimeProvider.System, NullLogger<ConversationUpgrade>.Instance);

        PutHead(Andrew, Bayko, "2023-04-10T18:00:00+02:00");
        PutHead(Andrew, Bayko, "2023-04-10T16:00:01+00:00");
        PutHead(Bayko, Andrew, "2023-04-10T18:00:00+02:00");
        PutMessage(Andrew, "2023-04-10T18:00:00+02:00");
        PutMessage(Bayko, "2023-04-10T16:00:01+00:00");
        PutMessage(Andrew, "2023-04-10T12:30:00.5-04:00");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TransactionConflict")]
    [InlineData("ThrottlingError")]
    public async Task Each_cancelled_transaction_is_sent_again(string code)
    {
        var isCancelled = false;
        _table.OnTransaction = request =>
        {
            isCancelled = !isCancelled;
            return isCancelled
                ? Task.FromException<TransactWriteItemsResponse>(FakeMessagesTable.Cancelled(request, code))
                : _table.CommitAsync(request);
        };

        Assert.Equal(new(1, 1, 3, 0), await _upgrade.RunAsync(Cancelled));
        await AssertUpgradedAsync();
    }

    [Fact]
    public async Task Runs_that_time_out_after_each_transaction_complete_together()
    {
        _table.OnTransaction = async request =>
        {
            await _table.CommitAsync(request);
            throw new TimeoutException();
        };

        var timeOuts = 0;
        while (!await _upgrade.IsCompleteAsync(Cancelled))
        {
            try
            {
                await _upgrade.RunAsync(Cancelled);
            }
            catch (TimeoutException)
            {
                timeOuts++;
            }
        }

        // Three messages, a stale head, and the group with its heads.
        Assert.Equal(5, timeOuts);
        await AssertUpgradedAsync();
    }

    [Fact]
    public async Task A_run_beside_another_at_each_transaction_changes_nothing_twice()
    {
        BeforeEachTransaction(() => _upgrade.RunAsync(Cancelled));

        await _upgrade.RunAsync(Cancelled);

        await AssertUpgradedAsync();
    }

    [Fact]
    public async Task A_conversation_that_starts_during_an_upgrade_keeps_its_pair()
    {
        BeforeEachTransaction(() => _messages.SendAsync(Andrew, Bayko, "hello", key: null, Cancelled));

        await _upgrade.RunAsync(Cancelled);

        var current = (await _groups.FindForPairAsync(new(Andrew.Uuid, Bayko.Uuid), Cancelled))!;
        Assert.NotEqual(Earlier, current.Uuid);
        foreach (var member in new[] { Andrew, Bayko })
        {
            Assert.Equal([Newest, current.LastMessageAt.ToString()], _table.SortKeys(ItemKeys.GroupHeads(member.Uuid)));
            var earlier = await _groups.FindForMemberAsync(Earlier, member.Uuid, Cancelled);
            Assert.Equal(current.Uuid, earlier?.SuccessorUuid);
        }
    }

    [Fact]
    public async Task Messages_that_are_sent_during_an_upgrade_stay_the_newest()
    {
        await _upgrade.RunAsync(Cancelled);
        PutMessage(Bayko, "2022-01-01T00:00:00+05:30");
        PutMessage(Bayko, "2023-04-11T00:00:00+05:30");
        var sent = new List<Message>();
        BeforeEachTransaction(async () => sent.Add(await _messages.SendAsync(Andrew, Bayko, "hello", key: null, Cancelled)));

        Assert.Equal(2, (await _upgrade.RunAsync(Cancelled)).Messages);

        var keys = _table.SortKeys(ItemKeys.Messages(Earlier));
        Assert.Equal(5 + sent.Count, keys.Count);
        Assert.Equal(sent[^1].CreatedAt.ToString(), keys[^1]);
        foreach (var member in new[] { Andrew, Bayko })
        {
            Assert.Equal([keys[^1]], _table.SortKeys(ItemKeys.GroupHeads(member.Uuid)));
        }
    }

    [Fact]
    public async Task A_group_behind_its_newest_message_moves_to_it()
    {
        await _upgrade.RunAsync(Cancelled);
        PutMessage(Bayko, "2023-04-11T00:00:00+05:30");

        Assert.Equal(new(1, 1, 1, 0), await _upgrade.RunAsync(Cancelled));

        foreach (var member in new[] { Andrew, Bayko })
        {
            Assert.Equal(["2023-04-10T18:30:00.000000+00:00"], _table.SortKeys(ItemKeys.GroupHeads(member.Uuid)));
        }
    }

    /// <summary>Runs something else before each transaction of the upgrade, but not before those of the other run itself.</summary>
    private void BeforeEachTransaction(Func<Task> other)
    {
        var isOther = false;
        _table.OnTransaction = async request =>
        {
            if (!isOther)
            {
                isOther = true;
                await other();
                isOther = false;
            }

            return await _table.CommitAsync(request);
        };
    }

    private async Task AssertUpgradedAsync()
    {
        Assert.Equal(
            ["2023-04-10T16:00:00.000000+00:00", "2023-04-10T16:00:01.000000+00:00", Newest],
            _table.SortKeys(ItemKeys.Messages(Earlier)));
        Assert.Equal([Newest], _table.SortKeys(ItemKeys.GroupHeads(Andrew.Uuid)));
        Assert.Equal([Newest], _table.SortKeys(ItemKeys.GroupHeads(Bayko.Uuid)));
        Assert.Equal(Earlier, (await _groups.FindForPairAsync(new(Andrew.Uuid, Bayko.Uuid), Cancelled))?.Uuid);
        Assert.True(await _upgrade.IsCompleteAsync(Cancelled));
        Assert.Equal(new(1, 0, 0, 0), await _upgrade.RunAsync(Cancelled));
    }

    private void PutHead(User member, User other, string lastMessageAt) => Put(
        $"GRP#{member.Uuid}", lastMessageAt, other, new() { ["message_group_uuid"] = new($"{Earlier}"), ["message"] = new("filler") });

    private void PutMessage(User sender, string createdAt) => Put(
        $"MSG#{Earlier}", createdAt, sender, new() { ["message_uuid"] = new($"{Guid.NewGuid()}"), ["message"] = new(createdAt) });

    private void Put(string pk, string sk, User user, Dictionary<string, AttributeValue> item)
    {
        (item["pk"], item["sk"]) = (new(pk), new(sk));
        item.SetUser(user);
        _table.Put(item);
    }
}
