using System.Diagnostics;
using System.Net;
using Cruddur.ApiTests.Infrastructure;
using Npgsql;

namespace Cruddur.ApiTests;

/// <summary>What callers hear while a server is away, and afterwards.</summary>
public sealed class OutageTests(ApiFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DynamoDB_away_is_503_soon_and_passes_by_itself(bool hangs)
    {
        await using var way = new TcpRelay(fixture.Servers.DynamoDbEndpoint.Host, fixture.Servers.DynamoDbEndpoint.Port);
        await using var api = await fixture.StartApiAsync(Cancelled, new KeyValuePair<string, string>("AWS_ENDPOINT_URL_DYNAMODB", $"http://127.0.0.1:{way.Port}"));
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "before")).MessageGroupUuid;
        await one.GroupsAsync();

        Block(way, hangs);
        Func<Task<ApiAnswer>>[] requests =
        [
            () => one.GetAsync("/api/message_groups"),
            () => one.GetAsync($"/api/messages/{groupUuid}"),
            () => one.PostAsync("/api/messages", new { message = "during", message_group_uuid = groupUuid }, "key"),
            () => one.PostAsync("/api/messages", new { message = "during", handle = other.User.Handle }),
        ];
        foreach (var request in requests)
        {
            await AssertUnavailableAsync(request);
        }

        way.Resume();
        await UntilHealthyAsync(api);
        Assert.Equal("during", (await one.SendToGroupAsync(groupUuid, "during", "key")).Message);
        Assert.Contains("before", (await one.MessagesAsync(groupUuid)).Select(message => message.Message));
        Assert.Single((await one.MessagesAsync(groupUuid)), message => message.Message == "during" && message.Handle == one.User.Handle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Postgres_away_is_503_soon_and_passes_by_itself(bool hangs)
    {
        var settings = new NpgsqlConnectionStringBuilder(fixture.Servers.Postgres);
        await using var way = new TcpRelay(settings.Host!, settings.Port);
        settings.Host = "127.0.0.1";
        settings.Port = way.Port;
        await using var api = await fixture.StartApiAsync(Cancelled, new KeyValuePair<string, string>("ConnectionStrings__cruddur", settings.ConnectionString));
        var newcomer = await fixture.Users.NewAsync(Cancelled);
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "before")).MessageGroupUuid;

        Block(way, hangs);
        using var stranger = new ApiClient(api.Address, newcomer);
        await AssertUnavailableAsync(() => stranger.GetAsync("/api/message_groups"));
        await AssertUnavailableAsync(() => one.GetAsync($"/api/users/@{newcomer.Handle}/short"));

        // Who is known already goes on.
        Assert.Equal("during", (await one.SendToGroupAsync(groupUuid, "during")).Message);
        Assert.Equal(["before", "during"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));

        way.Resume();
        await UntilHealthyAsync(api);
        Assert.Empty(await stranger.GroupsAsync());
        Assert.Equal(newcomer.Handle, (await one.GetAsync($"/api/users/@{newcomer.Handle}/short")).Read<MessageLine>().Handle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cognito_away_at_the_first_request_is_503_soon_and_passes_by_itself(bool hangs)
    {
        await using var way = new TcpRelay(fixture.Servers.CognitoEndpoint.Host, fixture.Servers.CognitoEndpoint.Port);
        Block(way, hangs);
        await using var api = await fixture.StartApiAsync(
            Cancelled, new KeyValuePair<string, string>("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", $"http://127.0.0.1:{way.Port}"));
        using var caller = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var nobody = new ApiClient(api.Address, authorization: null);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AssertUnavailableAsync(() => caller.GetAsync("/api/message_groups"))));
        (await nobody.GetAsync("/api/message_groups")).Errors(HttpStatusCode.Unauthorized);

        // With the keys, the token can be told from those of the pool that this API knows under another address.
        way.Resume();
        await Eventually.EqualAsync(HttpStatusCode.Unauthorized, async () => (await caller.GetAsync("/api/message_groups")).Status);
    }

    private static void Block(TcpRelay way, bool hangs)
    {
        if (hangs)
        {
            way.Hang();
        }
        else
        {
            way.Refuse();
        }
    }

    /// <summary>Expects 503, and soon. A busy machine is late now and then, which proves nothing; being late each time does.</summary>
    private static async Task AssertUnavailableAsync(Func<Task<ApiAnswer>> request)
    {
        const int Attempts = 3;
        TimeSpan elapsed;
        var attempt = 0;
        do
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await request();
            elapsed = Stopwatch.GetElapsedTime(start);

            Assert.Equal(["service_unavailable"], answer.Errors(HttpStatusCode.ServiceUnavailable));
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        while (elapsed >= Soon && ++attempt < Attempts);

        Assert.True(elapsed < Soon, $"The answer took {elapsed}.");
    }

    private static async Task UntilHealthyAsync(ApiProcess api)
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        for (var attempt = 0; attempt < 200; attempt++)
        {
            using var answer = await http.GetAsync("/health", Cancelled);
            if (await answer.Content.ReadAsStringAsync(Cancelled) == "Healthy")
            {
                return;
            }

            await Task.Delay(100, Cancelled);
        }

        Assert.Fail("The API does not recover.");
    }
}
