using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;
using Cruddur.Seeder.Bulk;

namespace Cruddur.UnitTests.Seeder;

public sealed class BulkSizeTests
{
    private static readonly IReadOnlyList<User> SeedUsers =
        [.. Participants.SeedHandles.Select(handle => new User(Guid.NewGuid(), handle, handle))];

    [Theory]
    [InlineData(100_000, null, null, 100_000, 20, 10)]
    [InlineData(5, null, null, 5, 5, 10)]
    [InlineData(null, 100, null, 10_000, 100, 12)]
    [InlineData(null, 20_000, null, 20_000, 20_000, 198)]
    [InlineData(null, null, 1, 10_000, 3, 1)]
    [InlineData(100, 3, 1, 100, 3, 1)]
    public void Numbers_that_are_left_out_fit_the_given_ones(
        int? messages, int? groups, int? users, int allMessages, int allGroups, int allUsers) =>
        Assert.Equal(new(allMessages, allGroups, allUsers), BulkSize.Create(messages, groups, users));

    [Theory]
    [InlineData(10, 11, null, "11 conversations need at least as many messages, and --messages is 10.")]
    [InlineData(null, 4, 1, "--groups is 4, and --users 1 allows 3 conversations. Ask for at least 2 users.")]
    [InlineData(null, 1000, 10, "--groups is 1,000, and --users 10 allows 75 conversations. Ask for at least 43 users.")]
    public void Numbers_that_do_not_fit_are_explained(int? messages, int? groups, int? users, string reason) =>
        Assert.Equal(reason, Assert.Throws<ArgumentException>(() => BulkSize.Create(messages, groups, users)).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Each_pair_is_different_and_has_a_generated_user(int users)
    {
        var generated = Participants.Generate(users).Select(user => new User(user.Uuid, user.Handle, user.DisplayName)).ToList();
        var pairs = Participants.Pair(SeedUsers, generated).ToList();

        Assert.Equal((3 * users) + (users * (users - 1) / 2), pairs.Count);
        Assert.Equal(pairs.Count, pairs.Select(pair => new UserPair(pair.One.Uuid, pair.Other.Uuid)).Distinct().Count());
        Assert.All(pairs, pair => Assert.Contains(pair.Other, generated));
        Assert.All(pairs.Take(users), pair => Assert.Equal("andrewbrown", pair.One.Handle));
    }

    [Fact]
    public void Generated_users_have_different_valid_handles_and_are_the_same_in_every_run()
    {
        var users = Participants.Generate(BulkSize.MaxUsers);

        Assert.Equal(users.Count, users.Select(user => user.Handle).Distinct().Count());
        Assert.Equal(users.Count, users.Select(user => user.Uuid).Distinct().Count());
        Assert.All(users, user => Assert.True(Handle.IsValid(user.Handle), user.Handle));
        Assert.Equal(users.Take(10), Participants.Generate(10));
    }

    [Fact]
    public void Texts_have_different_lengths_and_rarely_repeat()
    {
        var chatter = new Chatter(new(1));
        var texts = Enumerable.Range(0, 1000).Select(_ => chatter.Next()).ToList();

        Assert.InRange(texts.Min(text => text.Length), 1, 3);
        Assert.InRange(texts.Max(text => text.Length), 200, 1024);
        Assert.InRange(texts.Distinct().Count(), 400, 1000);
    }
}
