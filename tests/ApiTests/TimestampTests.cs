using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.ApiTests;

/// <summary>Messages that are sent at the same moment. A timestamp is the sort key, and DynamoDB overwrites an item that has it already.</summary>
public sealed class TimestampTests(ApiFixture fixture)
{
    private const int Each = 10;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_of_one_microsecond_are_all_kept()
    {
        var clock = new StoppedClock(DateTimeOffset.UtcNow);
        using var process = fixture.NewStores(services => services.AddSingleton<TimeProvider>(clock));
        using var another = fixture.NewStores(services => services.AddSingleton<TimeProvider>(clock));
        var receiver = await fixture.NewCallerAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);

        // Two conversations, whose heads share the receiver's partition too.
        var sent = await Task.WhenAll(
            from i in Enumerable.Range(0, Each)
            from host in new[] { process, another }
            from sender in new[] { one, other }
            select host.Services.GetRequiredService<MessageStore>().SendAsync(
                UserOf(sender), UserOf(receiver), $"{i}", key: null, Cancelled));

        Assert.Equal(4 * Each, sent.Length);
        Assert.Equal(2, (await receiver.GroupsAsync()).Length);
        foreach (var conversation in sent.GroupBy(message => message.GroupUuid))
        {
            var expected = conversation.OrderBy(message => message.CreatedAt).Select(message => (message.Uuid, message.CreatedAt.ToString()));
            Assert.Equal(expected, (await receiver.MessagesAsync(conversation.Key)).Select(message => (message.Uuid, message.CreatedAt)));
            Assert.Equal(2 * Each, conversation.Select(message => message.CreatedAt).Distinct().Count());
        }
    }

    private static User UserOf(ApiClient caller) => new(caller.User.Uuid, caller.User.Handle, caller.User.DisplayName);

    /// <summary>A clock that stands still, whose timers go on.</summary>
    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
