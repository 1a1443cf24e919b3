using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Upgrades;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.ApiTests;

/// <summary>Conversations of earlier versions, which wrote no group and no pair, times in other offsets, and stale heads.</summary>
public sealed class EarlierDataTests(ApiFixture fixture)
{
    private readonly EarlierVersion _earlier = new(fixture.DynamoDb);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_is_read_and_continued_after_an_upgrade()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var stranger = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = await WriteConversationAsync(one, other);

        var result = await UpgradeAsync();

        Assert.True(result is { Upgraded: >= 1, Messages: >= 2, Skipped: 0 }, $"{result}");
        await AssertUpgradedAsync(groupUuid, one, other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/messages/{groupUuid}")).Status);

        Assert.Equal(groupUuid, (await other.SendToUserAsync(one.User.Handle, "four")).MessageGroupUuid);
        Assert.Equal(["one", "two", "three", "four"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));
        Assert.Equal("four", Assert.Single(await one.GroupsAsync()).Message);
        Assert.Equal("four", Assert.Single(await other.GroupsAsync()).Message);
    }

    [Fact]
    public async Task A_conversation_without_messages_is_continued_by_handle()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = Guid.NewGuid();
        await _earlier.PutHeadsAsync(groupUuid, one.User, other.User, "2023-04-10T12:00:00+01:00");

        await UpgradeAsync();

        Assert.Equal(groupUuid, (await other.SendToUserAsync(one.User.Handle, "hello")).MessageGroupUuid);
        Assert.Equal("hello", Assert.Single(await one.GroupsAsync()).Message);
    }

    [Fact]
    public async Task The_newest_conversation_of_two_users_is_continued_by_handle()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groups = Enumerable.Range(1, 3).ToDictionary(day => day, _ => Guid.NewGuid());
        foreach (var (day, groupUuid) in groups)
        {
            await _earlier.PutHeadsAsync(groupUuid, one.User, other.User, $"2023-04-{day:00}T12:00:00+00:00");
        }

        await UpgradeAsync();

        Assert.Equal(groups[3], (await one.SendToUserAsync(other.User.Handle, "hello")).MessageGroupUuid);
        Assert.Equal([groups[3], groups[2], groups[1]], (await other.GroupsAsync()).Select(group => group.Uuid));
        foreach (var groupUuid in groups.Values)
        {
            await one.SendToGroupAsync(groupUuid, "still here");
        }
    }

    [Fact]
    public async Task Conversations_of_the_same_time_are_both_kept()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var third = await fixture.NewCallerAsync(Cancelled);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await _earlier.PutHeadsAsync(first, one.User, other.User, "2023-04-10T12:00:00+01:00");
        await _earlier.PutHeadsAsync(second, one.User, third.User, "2023-04-10T11:00:00+00:00");

        await UpgradeAsync();

        var groups = await one.GroupsAsync();
        Assert.Equal(new HashSet<Guid> { first, second }, groups.Select(group => group.Uuid).ToHashSet());
        Assert.Equal(
            ["2023-04-10T11:00:00.000001+00:00", "2023-04-10T11:00:00.000000+00:00"], groups.Select(group => group.CreatedAt));
        Assert.Equal(first, (await one.SendToUserAsync(other.User.Handle, "hello")).MessageGroupUuid);
        Assert.Equal(second, (await one.SendToUserAsync(third.User.Handle, "hello")).MessageGroupUuid);
    }

    [Fact]
    public async Task A_conversation_in_one_list_is_in_both_lists_after_an_upgrade()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = Guid.NewGuid();
        await _earlier.PutHeadAsync(groupUuid, one.User, other.User, "2023-04-10T12:00:00+01:00");
        await _earlier.PutMessageAsync(groupUuid, one.User, "2023-04-10T12:00:00+01:00", "hello");

        await UpgradeAsync();

        var head = Assert.Single(await other.GroupsAsync());
        Assert.Equal((groupUuid, one.User.Handle, "hello"), (head.Uuid, head.Handle, head.Message));
    }

    [Fact]
    public async Task An_upgrade_completes_after_a_kill_at_each_write()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = await WriteConversationAsync(one, other);

        var kills = 0;
        for (var isKilled = true; isKilled;)
        {
            using var dynamoDb = new KilledDynamoDb(fixture.Servers.DynamoDbEndpoint, transactions: 1);
            isKilled = await UpgradeAsync(dynamoDb);
            kills += isKilled ? 1 : 0;
            Assert.True(kills < 50, "the upgrade does not complete");
        }

        Assert.True(kills >= 4, $"only {kills} writes");
        await AssertUpgradedAsync(groupUuid, one, other);
    }

    [Fact]
    public async Task An_upgrade_continues_after_the_last_page_that_it_completed()
    {
        var one = await fixture.Users.NewAsync(Cancelled);
        for (var i = 0; i < 120; i++)
        {
            var lastMessageAt = $"2023-04-10T12:{i / 60:00}:{i % 60:00}+00:00";
            await _earlier.PutHeadAsync(Guid.NewGuid(), one, one with { Uuid = Guid.NewGuid() }, lastMessageAt);
        }

        await UpgradeAsync();
        using var killed = new KilledDynamoDb(fixture.Servers.DynamoDbEndpoint, pages: 1);
        Assert.True(await UpgradeAsync(killed));
        Assert.False(await IsCompleteAsync());

        using var continued = new KilledDynamoDb(fixture.Servers.DynamoDbEndpoint);
        Assert.False(await UpgradeAsync(continued));
        Assert.True(await IsCompleteAsync());
        Assert.Equal([null], killed.PageStarts);
        Assert.NotNull(continued.PageStarts[0]);
    }

    [Fact]
    public async Task Parallel_upgrades_beside_a_writer_keep_each_message_once()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var third = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = await WriteConversationAsync(one, other);
        var live = (await third.SendToUserAsync(one.User.Handle, "0")).MessageGroupUuid;

        // The live conversation has a message of an earlier version, too.
        await _earlier.PutMessageAsync(live, third.User, "2022-01-01T00:00:00+05:30", "long ago");
        var upgrades = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => UpgradeAsync()));
        var sent = new List<string> { "long ago", "0" };
        while (sent.Count < 20 || (!upgrades.IsCompleted && sent.Count < 50))
        {
            sent.Add((await third.SendToGroupAsync(live, $"{sent.Count}")).Message);
        }

        await upgrades;
        await AssertUpgradedAsync(groupUuid, one, other);
        Assert.Equal(sent, (await one.MessagesAsync(live)).Select(message => message.Message));
        Assert.Equal(sent[^1], Assert.Single(await third.GroupsAsync()).Message);
        Assert.Equal([(live, sent[^1]), (groupUuid, "three")], (await one.GroupsAsync()).Select(group => (group.Uuid, group.Message)));
    }

    [Fact]
    public async Task Heads_that_are_no_conversation_are_skipped()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        const string LastMessageAt = "2023-04-10T12:00:00+00:00";
        await _earlier.PutHeadAsync(Guid.NewGuid(), one.User, one.User, LastMessageAt);

        Assert.True((await UpgradeAsync()).Skipped > 0);

        await _earlier.DeleteHeadAsync(one.User, LastMessageAt);
    }

    [Fact]
    public async Task Reading_an_unknown_conversation_costs_one_small_read()
    {
        var one = await fixture.Users.NewAsync(Cancelled);
        for (var i = 0; i < 20; i++)
        {
            await _earlier.PutHeadAsync(Guid.NewGuid(), one, one with { Uuid = Guid.NewGuid() }, $"2023-04-10T12:00:{i:00}+00:00");
        }

        using var dynamoDb = fixture.NewDynamoDb();
        using var stores = fixture.NewStores(services => services.AddSingleton<IAmazonDynamoDB>(dynamoDb));
        var groups = stores.Services.GetRequiredService<MessageGroupStore>();

        Assert.Null(await groups.FindForMemberAsync(Guid.NewGuid(), one.Uuid, Cancelled));
        Assert.Equal((1, 1.0), (dynamoDb.Reads, dynamoDb.CapacityUnits));
        Assert.Null(await groups.FindForPairAsync(new(one.Uuid, Guid.NewGuid()), Cancelled));
        Assert.Equal((2, 2.0), (dynamoDb.Reads, dynamoDb.CapacityUnits));
    }

    /// <summary>Three messages whose keys do not sort by time, and heads that do not show the newest of them.</summary>
    private async Task<Guid> WriteConversationAsync(ApiClient one, ApiClient other)
    {
        var groupUuid = Guid.NewGuid();
        await _earlier.PutHeadsAsync(groupUuid, one.User, other.User, "2023-04-10T18:00:00+02:00");
        await _earlier.PutHeadAsync(groupUuid, one.User, other.User, "2023-04-10T16:00:01+00:00");
        await _earlier.PutMessageAsync(groupUuid, one.User, "2023-04-10T18:00:00+02:00", "one");
        await _earlier.PutMessageAsync(groupUuid, other.User, "2023-04-10T16:00:01+00:00", "two");
        await _earlier.PutMessageAsync(groupUuid, one.User, "2023-04-10T12:30:00.5-04:00", "three");
        return groupUuid;
    }

    private async Task AssertUpgradedAsync(Guid groupUuid, ApiClient one, ApiClient other)
    {
        string[] times = ["2023-04-10T16:00:00.000000+00:00", "2023-04-10T16:00:01.000000+00:00", "2023-04-10T16:30:00.500000+00:00"];
        Assert.Equal(times, await _earlier.SortKeysAsync($"MSG#{groupUuid}"));
        Assert.Equal(["one", "two", "three"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));
        foreach (var (member, partner) in new[] { (one, other), (other, one) })
        {
            var head = Assert.Single(await member.GroupsAsync(), group => group.Uuid == groupUuid);
            Assert.Equal(new(groupUuid, partner.User.DisplayName, partner.User.Handle, "three", times[^1]), head);
            Assert.Contains(times[^1], await _earlier.SortKeysAsync($"GRP#{member.User.Uuid}"));
        }
    }

    private async Task<bool> IsCompleteAsync()
    {
        using var stores = fixture.NewStores(_ => { });
        return await stores.Services.GetRequiredService<ConversationUpgrade>().IsCompleteAsync(Cancelled);
    }

    private async Task<UpgradeResult> UpgradeAsync()
    {
        using var stores = fixture.NewStores(_ => { });
        return await stores.Services.GetRequiredService<ConversationUpgrade>().RunAsync(Cancelled);
    }

    /// <returns>Whether the run was killed.</returns>
    private async Task<bool> UpgradeAsync(KilledDynamoDb dynamoDb)
    {
        using var stores = fixture.NewStores(services => services.AddSingleton<IAmazonDynamoDB>(dynamoDb));
        try
        {
            await stores.Services.GetRequiredService<ConversationUpgrade>().RunAsync(Cancelled);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    /// <summary>Ends the run that uses it after so many transactions or pages.</summary>
    private sealed class KilledDynamoDb(Uri address, int transactions = int.MaxValue, int pages = int.MaxValue)
        : LocalDynamoDb(address)
    {
        /// <summary>Where each page that was read started; null for the start of the index.</summary>
        public List<string?> PageStarts { get; } = [];

        public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
            TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
        {
            var answer = await base.TransactWriteItemsAsync(request, cancellationToken);
            return --transactions > 0 ? answer : throw new KilledException();
        }

        public override async Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default)
        {
            if (PageStarts.Count == pages)
            {
                throw new KilledException();
            }

            PageStarts.Add(request.ExclusiveStartKey?["pk"].S);
            return await base.ScanAsync(request, cancellationToken);
        }
    }

    private sealed class KilledException : Exception;
}
