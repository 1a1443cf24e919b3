using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.ApiTests;

/// <summary>Messages that are sent at the same moment. The time is their sort key, which must be unique.</summary>
public sealed class TimestampTests(ApiFixture fixture)
{
    private const int Each = 10;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_of_the_same_microsecond_are_all_stored()
    {
        var clock = new StoppedClock(DateTimeOffset.UtcNow);
        using var process = fixture.NewStores(services => services.AddSingleton<TimeProvider>(clock));
        using var another = fixture.NewStores(services => services.AddSingleton<TimeProvider>(clock));
        var receiver = await fixture.NewCallerAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);

        // The heads of the two conversations are in the same partition, the receiver's.
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
            var expected = conversation
                .OrderBy(message => message.CreatedAt)
                .Select(message => (message.Uuid, message.CreatedAt.ToString()));
            Assert.Equal(expected, (await receiver.MessagesAsync(conversation.Key)).Select(message => (message.Uuid, message.CreatedAt)));
            Assert.Equal(2 * Each, conversation.Select(message => message.CreatedAt).Distinct().Count());
        }
    }

    private static User UserOf(ApiClient caller) => new(caller.User.Uuid, caller.User.Handle, caller.User.DisplayName);

    /// <summary>A clock that always tells the same time, but whose timers work.</summary>
    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
