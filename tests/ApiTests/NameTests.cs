using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Conversations show the current names of users.</summary>
public sealed class NameTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_name_is_shown_at_once_at_every_replica()
    {
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var oneAtReplica = new ApiClient(replica.Address, one.User);
        var groupUuid = (await other.SendToUserAsync(one.User.Handle, "hello")).MessageGroupUuid;
        foreach (var caller in new[] { one, oneAtReplica })
        {
            Assert.Equal(other.User.DisplayName, Assert.Single(await caller.GroupsAsync()).DisplayName);
        }

        await fixture.Users.RenameAsync(other.User, "G'Kar", Cancelled);

        foreach (var caller in new[] { one, oneAtReplica })
        {
            await Eventually.EqualAsync("G'Kar", async () => Assert.Single(await caller.GroupsAsync()).DisplayName);
            Assert.Equal("G'Kar", Assert.Single(await caller.MessagesAsync(groupUuid)).DisplayName);
        }

        Assert.Equal("G'Kar", (await other.SendToGroupAsync(groupUuid, "I am G'Kar")).DisplayName);
    }
}
