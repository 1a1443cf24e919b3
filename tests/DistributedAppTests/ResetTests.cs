using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;

namespace Cruddur.DistributedAppTests;

/// <summary>The verb <c>reset</c>, while the API runs.</summary>
[Collection(ScratchSystem.Name)]
public sealed class ResetTests(ScratchCruddur cruddur)
{
    private const string Babylon5 = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

    private static readonly TimeSpan EventTimeout = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_API_serves_the_new_data_without_a_restart()
    {
        using var andrew = await cruddur.ApiAsync("andrewbrown", Cancelled);
        using var londo = await cruddur.ApiAsync("londo", Cancelled);
        await SendAsync(londo, new { message = "Before the reset.", handle = "andrewbrown" });
        await SendAsync(andrew, new { message = "Before the reset.", message_group_uuid = Babylon5 });
        using var posted = await andrew.PostAsJsonAsync("/api/activities", new { message = "Before the reset.", ttl = "1-day" }, Cancelled);
        Assert.True(posted.IsSuccessStatusCode, await posted.Content.ReadAsStringAsync(Cancelled));

        var (refused, _, question) = await cruddur.RunSeederAsync(CruddurResources.Database, "reset");
        Assert.Equal(3, refused);
        Assert.Contains("with --yes", question, StringComparison.Ordinal);
        Assert.Contains("Before the reset.", await andrew.GetStringAsync("/api/message_groups", Cancelled), StringComparison.Ordinal);

        var (exitCode, output, error) = await cruddur.RunSeederAsync(CruddurResources.Database, "reset", "--yes");
        Assert.True(exitCode == 0, output + error);

        foreach (var path in (string[])["/api/message_groups", $"/api/messages/{Babylon5}", "/api/activities/home"])
        {
            using var response = await andrew.GetAsync(path, Cancelled);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
            Assert.DoesNotContain("Before the reset.", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }

        await using var events = await andrew.GetStreamAsync("/api/events", Cancelled);
        var reader = SseParser.Create(events).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        await ReadUntilAsync(reader, "ready", "");
        await SendAsync(londo, new { message = "After the reset.", handle = "andrewbrown" });
        await ReadUntilAsync(reader, "message", "After the reset.");
        await SendAsync(andrew, new { message = "After the reset.", message_group_uuid = Babylon5 });
    }

    [Fact]
    public async Task A_user_whose_row_is_gone_is_not_served_from_the_cache()
    {
        var (created, output, error) = await cruddur.RunSeederAsync(
            CruddurResources.Database, "cognito", "create-user", "--handle", "vir", "--name", "Vir Cotto");
        Assert.True(created == 0, output + error);
        using var vir = await cruddur.ApiAsync("vir@cruddur.example", Cancelled);
        using var londo = await cruddur.ApiAsync("londo", Cancelled);
        await SendAsync(vir, new { message = "Londo!", handle = "londo" });
        await SendAsync(londo, new { message = "Vir.", handle = "vir" });

        Assert.Equal(0, (await cruddur.RunSeederAsync(CruddurResources.Database, "reset", "--yes")).ExitCode);

        using var groups = await vir.GetAsync("/api/message_groups", Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, groups.StatusCode);
        using var sent = await londo.PostAsJsonAsync("/api/messages", new { message = "Vir?", handle = "vir" }, Cancelled);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);

        using var registered = await vir.PutAsync("/api/users/me", null, Cancelled);
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        await SendAsync(londo, new { message = "There you are.", handle = "vir" });
    }

    private static async Task SendAsync(HttpClient api, object message)
    {
        using var response = await api.PostAsJsonAsync("/api/messages", message, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }

    private static async Task ReadUntilAsync(IAsyncEnumerator<SseItem<string>> events, string type, string text)
    {
        do
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(EventTimeout, Cancelled), "The stream ended.");
        }
        while (events.Current.EventType != type || !events.Current.Data.Contains(text, StringComparison.Ordinal));
    }
}
