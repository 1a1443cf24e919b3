using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cruddur.DistributedAppTests;

/// <summary>What a signed-in person does with messages, over HTTP, from the conversation that the seeder wrote to a new one.</summary>
public sealed class ConversationTests(RunningCruddur cruddur)
{
    private const string BabylonGroup = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
    private const string LastLine =
        "Definitely. I think his character is a great example of the show's ability to balance humor and heart, "
            + "and to create memorable and beloved characters that fans will cherish for years to come.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_seeded_conversation_is_listed_read_and_continued()
    {
        using var api = await cruddur.ApiAsync("andrewbrown", Cancelled);

        var group = (await GetAsync(api, "/api/message_groups")).EnumerateArray().Single(group => Text(group, "uuid") == BabylonGroup);
        Assert.Equal("bayko", Text(group, "handle"));
        Assert.Equal("Andrew Bayko", Text(group, "display_name"));

        var page = (await GetAsync(api, $"/api/messages/{BabylonGroup}")).EnumerateArray().ToList();
        Assert.Equal(20, page.Count);
        Assert.Equal(page.OrderBy(message => Text(message, "created_at"), StringComparer.Ordinal).Select(message => Text(message, "uuid")), page.Select(message => Text(message, "uuid")));
        Assert.Contains(page, message => Text(message, "message") == LastLine && Text(message, "handle") == "bayko");

        var text = $"And so it begins. {Guid.NewGuid()}";
        var sent = await PostAsync(api, new { message = text, message_group_uuid = BabylonGroup });
        Assert.Equal(text, Text(sent, "message"));
        Assert.Equal("andrewbrown", Text(sent, "handle"));

        var newest = (await GetAsync(api, $"/api/messages/{BabylonGroup}")).EnumerateArray().Last();
        Assert.Equal(Text(sent, "uuid"), Text(newest, "uuid"));
        Assert.Equal(Text(sent, "created_at"), Text(newest, "created_at"));

        using var other = await cruddur.ApiAsync("bayko", Cancelled);
        foreach (var member in (HttpClient[])[api, other])
        {
            var head = (await GetAsync(member, "/api/message_groups")).EnumerateArray().First();
            Assert.Equal(BabylonGroup, Text(head, "uuid"));
            Assert.Equal(text, Text(head, "message"));
            Assert.Equal(Text(sent, "created_at"), Text(head, "created_at"));
        }
    }

    [Fact]
    public async Task A_message_to_a_handle_starts_one_conversation_that_both_see()
    {
        using var bayko = await cruddur.ApiAsync("bayko", Cancelled);
        using var londo = await cruddur.ApiAsync("londo", Cancelled);

        var receiver = await GetAsync(bayko, "/api/users/@londo/short");
        Assert.Equal("Londo Mollari", Text(receiver, "display_name"));

        var first = await PostAsync(bayko, new { message = "Good afternoon, Ambassador.", handle = "londo" });
        var group = Text(first, "message_group_uuid");
        var reply = await PostAsync(londo, new { message = "What do you want?", message_group_uuid = group });
        var again = await PostAsync(bayko, new { message = "Only to talk.", handle = "londo" });
        Assert.Equal(group, Text(again, "message_group_uuid"));

        foreach (var (member, otherHandle) in ((HttpClient, string)[])[(bayko, "londo"), (londo, "bayko")])
        {
            var heads = (await GetAsync(member, "/api/message_groups")).EnumerateArray().Where(head => Text(head, "handle") == otherHandle);
            Assert.Equal("Only to talk.", Text(Assert.Single(heads), "message"));

            var messages = (await GetAsync(member, $"/api/messages/{group}")).EnumerateArray();
            Assert.Equal([Text(first, "uuid"), Text(reply, "uuid"), Text(again, "uuid")], messages.Select(message => Text(message, "uuid")));
        }
    }

    [Fact]
    public async Task A_conversation_is_not_found_for_anyone_else()
    {
        using var londo = await cruddur.ApiAsync("londo", Cancelled);

        using var read = await londo.GetAsync($"/api/messages/{BabylonGroup}", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);

        using var written = await londo.PostAsJsonAsync("/api/messages", new { message = "Let me in.", message_group_uuid = BabylonGroup }, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, written.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/message_groups")]
    [InlineData("GET", $"/api/messages/{BabylonGroup}")]
    [InlineData("POST", "/api/messages")]
    [InlineData("GET", "/api/users/@bayko/short")]
    public async Task Nothing_is_answered_without_a_token(string method, string path)
    {
        using var api = cruddur.AnonymousApi();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await api.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_id_token_is_no_access_token()
    {
        var tokens = await cruddur.SignInAsync("andrewbrown@cruddur.example", Cancelled);
        using var api = cruddur.AnonymousApi();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/message_groups") { Headers = { { "Authorization", $"Bearer {tokens.IdToken}" } } };
        using var answer = await api.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static async Task<JsonElement> GetAsync(HttpClient api, string path) =>
        await api.GetFromJsonAsync<JsonElement>(path, Cancelled);

    private static async Task<JsonElement> PostAsync(HttpClient api, object message)
    {
        using var answer = await api.PostAsJsonAsync("/api/messages", message, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }
}
