using System.Net;
using Amazon.DynamoDBv2.Model;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Cruddur.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.ApiTests;

/// <summary>Conversations that a replica knows, and that are changed without its knowledge.</summary>
public sealed class CachedConversationTests(ApiFixture fixture)
{
    private const string Table = "cruddur-messages";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <remarks>A failure names the seed. Set CRUDDUR_TEST_SEED to it to repeat the run.</remarks>
    [Fact]
    public async Task No_read_at_any_replica_misses_a_message_that_was_sent_before_it()
    {
        const int Writers = 4;
        const int Each = 75;
        var seed = TestSeed.Next();
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = (await fixture.Users.NewAsync(Cancelled), await fixture.Users.NewAsync(Cancelled));
        ApiClient[] callers = [.. Addresses(replica).SelectMany(at => new[] { new ApiClient(at, one), new ApiClient(at, other) })];
        var groupUuid = (await callers[0].SendToUserAsync(other.Handle, "first")).MessageGroupUuid;
        var sent = new List<SentMessage>();

        var writers = Enumerable.Range(0, Writers).Select(i => Task.Run(async () =>
        {
            var random = new Random(seed + i);
            for (var j = 0; j < Each; j++)
            {
                var message = await callers[random.Next(callers.Length)].SendToGroupAsync(groupUuid, $"{i}/{j}");
                lock (sent)
                {
                    sent.Add(message);
                }
            }
        })).ToList();
        var readers = Enumerable.Range(0, Writers).Select(i => Task.Run(async () =>
        {
            var random = new Random(seed - i - 1);
            while (!writers.TrueForAll(writer => writer.IsCompleted))
            {
                List<SentMessage> expected;
                lock (sent)
                {
                    expected = [.. sent];
                }

                var page = await callers[random.Next(callers.Length)].MessagesAsync(groupUuid, limit: 20);
                var missing = expected
                    .Where(message => string.CompareOrdinal(message.CreatedAt, page[0].CreatedAt) >= 0)
                    .ExceptBy(page.Select(message => message.Uuid), message => message.Uuid);
                Assert.True(!missing.Any(), $"Seed {seed}: a read missed {missing.FirstOrDefault()}.");
            }
        })).ToList();
        await Task.WhenAll([.. writers, .. readers]);

        foreach (var caller in callers)
        {
            Assert.Equal(1 + (Writers * Each), (await caller.AllMessagesAsync(groupUuid)).Count);
            caller.Dispose();
        }
    }

    [Fact]
    public async Task A_conversation_that_is_dropped_and_seeded_again_is_noticed_at_the_next_request()
    {
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = (await fixture.Users.NewAsync(Cancelled), await fixture.Users.NewAsync(Cancelled));
        ApiClient[] callers = [.. Addresses(replica).Select(address => new ApiClient(address, one))];
        var groupUuid = Guid.NewGuid();
        await SeedAsync(groupUuid, one, other, "of the first table");
        await AssertReadAsync("of the first table");

        await DropAsync(groupUuid, one, other);
        await SeedAsync(groupUuid, one, other, "of the second table");
        await AssertReadAsync("of the second table");

        await DropAsync(groupUuid, one, other);
        await SeedAsync(groupUuid, one, other, "of the third table");
        await callers[1].SendToGroupAsync(groupUuid, "to the third table");
        await callers[0].SendToUserAsync(other.Handle, "to the third table as well");
        await AssertReadAsync("of the third table", "to the third table", "to the third table as well");

        await DropAsync(groupUuid, one, other);
        foreach (var caller in callers)
        {
            var sent = await caller.PostAsync("/api/messages", new { message = "hello?", message_group_uuid = groupUuid });
            sent.Errors(HttpStatusCode.NotFound);
            (await caller.GetAsync($"/api/messages/{groupUuid}")).Errors(HttpStatusCode.NotFound);
        }

        var started = await callers[0].SendToUserAsync(other.Handle, "hello again");
        Assert.NotEqual(groupUuid, started.MessageGroupUuid);
        Assert.Equal(started.MessageGroupUuid, (await callers[1].SendToUserAsync(other.Handle, "and again")).MessageGroupUuid);

        async Task AssertReadAsync(params string[] expected)
        {
            foreach (var caller in callers)
            {
                Assert.Equal(expected, (await caller.MessagesAsync(groupUuid)).Select(message => message.Message));
            }
        }
    }

    [Fact]
    public async Task Messages_that_are_added_to_the_past_are_read_at_the_next_request()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "newest")).MessageGroupUuid;
        await one.MessagesAsync(groupUuid);
        using var stores = fixture.NewStores(_ => { });
        var history = stores.Services.GetRequiredService<MessageHistory>();
        for (var i = 1; i <= 3; i++)
        {
            var at = DateTimeOffset.UtcNow.AddDays(-i);
            await history.AddAsync([new(Guid.NewGuid(), groupUuid, new(at), $"{i}", User(one.User))], Cancelled);
            Assert.Equal(1 + i, (await one.MessagesAsync(groupUuid)).Length);
        }

        await history.CompleteAsync(Cancelled);
        Assert.Equal(["3", "2", "1", "newest"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));
    }

    private static User User(TestUser user) => new(user.Uuid, user.Handle, user.DisplayName);

    private IEnumerable<Uri> Addresses(ApiProcess replica) => [fixture.Api.Address, replica.Address];

    /// <summary>Writes a conversation with the same uuids and times each time, as the seeder does.</summary>
    private async Task SeedAsync(Guid groupUuid, TestUser one, TestUser other, string text)
    {
        using var stores = fixture.NewStores(_ => { });
        var (sender, receiver) = (User(one), User(other));
        await stores.Services.GetRequiredService<ConversationImport>().ImportAsync(
            groupUuid,
            sender,
            receiver,
            [new(sender, text)],
            new(2023, 4, 10, 12, 0, 0, TimeSpan.Zero),
            TimeSpan.FromMinutes(1),
            Cancelled);
    }

    /// <summary>Deletes all items of a conversation.</summary>
    private async Task DropAsync(Guid groupUuid, TestUser one, TestUser other)
    {
        foreach (var partition in new[]
        {
            $"MSG#{groupUuid}", $"GROUP#{groupUuid}", $"GRP#{one.Uuid}", $"GRP#{other.Uuid}",
            $"PAIR#{one.Uuid}#{other.Uuid}", $"PAIR#{other.Uuid}#{one.Uuid}",
        })
        {
            foreach (var sortKey in await new EarlierVersion(fixture.DynamoDb).SortKeysAsync(partition))
            {
                var key = new Dictionary<string, AttributeValue> { ["pk"] = new(partition), ["sk"] = new(sortKey) };
                await fixture.DynamoDb.DeleteItemAsync(Table, key, Cancelled);
            }
        }
    }
}
