using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Conditional requests for messages and conversations.</summary>
public sealed class EntityTagTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/messages/{0}?limit=1")]
    [InlineData("/api/message_groups?limit=1")]
    public async Task An_answer_is_sent_again_only_after_it_has_changed(string route)
    {
        await using var replica = await fixture.StartApiAsync(Cancelled);
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var oneAtReplica = new ApiClient(replica.Address, one.User);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "hello")).MessageGroupUuid;
        var path = string.Format(null, route, groupUuid);

        var tag = Tag(await one.GetAsync(path));
        foreach (var caller in new[] { one, oneAtReplica })
        {
            var unchanged = await GetAsync(caller, path, $"\"another\", {tag}");
            Assert.Equal((HttpStatusCode.NotModified, ""), (unchanged.Status, unchanged.Text));
            Assert.Equal(tag, Tag(unchanged));
        }

        await other.SendToGroupAsync(groupUuid, "hello yourself");
        var changed = await GetAsync(oneAtReplica, path, tag);
        Assert.Equal("hello yourself", Assert.Single(changed.Read<MessageLine[]>()).Message);
        Assert.NotEqual(tag, Tag(changed));
        Assert.Equal("no-store", changed.Headers.CacheControl?.ToString());

        await fixture.Users.RenameAsync(other.User, "Another Name", Cancelled);
        await Eventually.EqualAsync(HttpStatusCode.OK, async () => (await GetAsync(one, path, Tag(changed))).Status);
    }

    [Fact]
    public async Task A_tag_gives_no_access_to_the_conversation_of_others()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        using var third = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "secret")).MessageGroupUuid;
        var path = $"/api/messages/{groupUuid}";

        var tag = Tag(await one.GetAsync(path));
        (await GetAsync(third, path, tag)).Errors(HttpStatusCode.NotFound);
        (await GetAsync(third, path, "*")).Errors(HttpStatusCode.NotFound);
        (await GetAsync(one, $"{path}?limit=0", "*")).Errors(HttpStatusCode.BadRequest);
    }

    private static string Tag(ApiAnswer answer) => answer.Headers.ETag!.ToString();

    private static Task<ApiAnswer> GetAsync(ApiClient caller, string path, string tags)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tags);
        return caller.SendAsync(request);
    }
}
