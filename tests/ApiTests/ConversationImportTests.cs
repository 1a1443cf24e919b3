using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cruddur.ApiTests;

/// <summary>Conversations that are written as a whole, such as the seed.</summary>
public sealed class ConversationImportTests(ApiFixture fixture) : IDisposable
{
    /// <summary>More than one transaction takes.</summary>
    private const int Lines = 104;

    private static readonly DateTimeOffset Start = new(2023, 4, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly IHost _stores = fixture.NewStores(_ => { });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task Parallel_runs_write_each_line_once()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var groupUuid = Guid.NewGuid();

        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ImportAsync(groupUuid, one, other))));

        Assert.Equal([0, 0, 0, Lines], written.Order());
        var keys = await new EarlierVersion(fixture.DynamoDb).SortKeysAsync($"MSG#{groupUuid}");
        Assert.Equal(Lines, keys.Length);
        Assert.Equal($"{Lines - 1}", Assert.Single(await one.GroupsAsync()).Message);
        Assert.Equal($"{Lines - 1}", Assert.Single(await other.GroupsAsync()).Message);
    }

    [Fact]
    public async Task A_group_of_other_users_is_an_error()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var third = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = Guid.NewGuid();
        await ImportAsync(groupUuid, one, other);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ImportAsync(groupUuid, one, third));

        Assert.Contains(groupUuid.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Empty(await third.GroupsAsync());
    }

    private Task<int> ImportAsync(Guid groupUuid, ApiClient one, ApiClient other)
    {
        var (first, second) = (UserOf(one), UserOf(other));
        var lines = Enumerable.Range(0, Lines).Select(i => new ConversationLine(i % 2 == 0 ? first : second, $"{i}")).ToList();
        return _stores.Services.GetRequiredService<ConversationImport>().ImportAsync(
            groupUuid, first, second, lines, Start, TimeSpan.FromMinutes(1), Cancelled);
    }

    private static User UserOf(ApiClient caller) => new(caller.User.Uuid, caller.User.Handle, caller.User.DisplayName);
}
