using System.Net;
using Cruddur.ApiTests.Infrastructure;
using Npgsql;

namespace Cruddur.ApiTests;

/// <summary>What callers get while a server is unavailable, and afterwards.</summary>
public sealed class OutageTests(ApiFixture fixture)
{
    private const string DynamoDb = "DynamoDB";
    private const string Postgres = "Postgres";
    private const string Cognito = "Cognito";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DynamoDb)]
    [InlineData(Postgres)]
    [InlineData(Cognito)]
    public async Task Every_route_answers_within_3_seconds_and_works_again_afterwards(string server)
    {
        await using var api = await RelayedApi.StartAsync(fixture, Cancelled);
        var relay = server switch { DynamoDb => api.DynamoDb, Postgres => api.Postgres, _ => api.Cognito };
        using var one = api.NewClient(await fixture.Users.NewAsync(Cancelled));
        using var other = api.NewClient(await fixture.Users.NewAsync(Cancelled));
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "before")).MessageGroupUuid;

        foreach (var outage in Enum.GetValues<Outage>())
        {
            using var newcomer = api.NewClient(await fixture.Users.NewAsync(Cancelled));
            var during = $"during: {outage}";
            var toGroup = new { message = during, message_group_uuid = groupUuid };
            var toUser = new { message = during, handle = one.User.Handle };
            Route[] routes =
            [
                new("groups", () => one.GetAsync("/api/message_groups"), DynamoDb),
                new("messages", () => one.GetAsync($"/api/messages/{groupUuid}"), DynamoDb),
                new("send", () => one.PostAsync("/api/messages", toGroup, $"{outage}"), DynamoDb),
                new("send by handle", () => other.PostAsync("/api/messages", toUser), DynamoDb),
                new("unknown caller", () => newcomer.GetAsync("/api/message_groups"), DynamoDb, Postgres),
                new("user", () => one.GetAsync($"/api/users/@{newcomer.User.Handle}/short"), Postgres),
                new("search", () => one.GetAsync("/api/users?q=t"), Postgres),
                new("feed", () => one.GetAsync("/api/activities/home"), Postgres),
                new("post", () => one.PostAsync("/api/activities", new { message = during, ttl = "1-day" }), Postgres),
                new("register", () => one.SendAsync(new(HttpMethod.Put, "/api/users/me")), Postgres, Cognito),
            ];

            relay.Start(outage);
            await Task.WhenAll(routes.Select(route => AssertAnsweredAsync(route, server, outage)));
            relay.Resume();
            await api.UntilHealthyAsync(Cancelled);

            foreach (var route in routes)
            {
                await Eventually.EqualAsync((route.Name, HttpStatusCode.OK), async () => (route.Name, (await route.Call()).Status));
            }

            Assert.Single(await one.MessagesAsync(groupUuid), message => message.Message == during && message.Handle == one.User.Handle);
        }
    }

    [Theory]
    [InlineData(Outage.Refuses)]
    [InlineData(Outage.Hangs)]
    public async Task Cognito_unavailable_at_the_first_request_is_503_and_a_token_is_accepted_afterwards(Outage outage)
    {
        await using var api = await RelayedApi.StartAsync(fixture, Cancelled, outage);
        using var caller = api.NewClient(await fixture.Users.NewAsync(Cancelled));
        using var nobody = new ApiClient(api.Process.Address, authorization: null);

        var route = new Route("groups", () => caller.GetAsync("/api/message_groups"), Cognito);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AssertAnsweredAsync(route, Cognito, outage)));
        (await nobody.GetAsync("/api/message_groups")).Errors(HttpStatusCode.Unauthorized);

        api.Cognito.Resume();
        await Eventually.EqualAsync(HttpStatusCode.OK, async () => (await route.Call()).Status);
    }

    [Fact]
    public async Task Known_users_send_and_read_while_postgres_is_unavailable()
    {
        await using var api = await RelayedApi.StartAsync(fixture, Cancelled);
        using var one = api.NewClient(await fixture.Users.NewAsync(Cancelled));
        using var other = api.NewClient(await fixture.Users.NewAsync(Cancelled));

        // The API has received a notification, so its cache of users is not cleared by a new connection any more.
        await using var listener = await EventListener.StartAsync(api.Process.Address, other.User);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "before")).MessageGroupUuid;
        await listener.NextMessageAsync();
        await one.SendToGroupAsync(groupUuid, "before too");

        api.Postgres.Start(Outage.Refuses);
        Assert.Equal("during", (await one.SendToGroupAsync(groupUuid, "during")).Message);
        Assert.Equal(["before", "before too", "during"], (await one.MessagesAsync(groupUuid)).Select(message => message.Message));
    }

    [Fact]
    public async Task A_connection_that_Postgres_has_ended_since_its_last_use_is_replaced()
    {
        var settings = new NpgsqlConnectionStringBuilder(fixture.Servers.Postgres) { ApplicationName = $"{Guid.NewGuid()}" };
        await using var api = await fixture.StartApiAsync(
            Cancelled, [new("ConnectionStrings__cruddur", settings.ConnectionString)]);
        using var caller = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        await caller.GetAsync("/api/activities/home");

        await using var postgres = NpgsqlDataSource.Create(fixture.Servers.Postgres);
        await using var end = postgres.CreateCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = $1 and query not like 'listen%'");
        end.Parameters.Add(new() { Value = settings.ApplicationName });
        Assert.NotEqual(0L, await end.ExecuteScalarAsync(Cancelled));

        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/api/activities/home")).Status);
    }

    /// <summary>Expects an answer in time: 503 when the server is needed and does not answer, 200 when it is not needed.</summary>
    private static async Task AssertAnsweredAsync(Route route, string server, Outage outage)
    {
        var (answer, elapsed) = await Latency.MeasureAsync(route.Call);
        var what = $"{route.Name} while {server} {outage}: {(int)answer.Status} after {elapsed.TotalSeconds:0.00} s";
        Assert.True(elapsed < Limit, what);

        var isNeeded = route.Needs.Contains(server);
        if (answer.Status is HttpStatusCode.ServiceUnavailable)
        {
            // Every route needs Postgres for a caller who is not cached.
            Assert.True(isNeeded || server is Postgres, what);
            Assert.Equal(["service_unavailable"], answer.Errors(HttpStatusCode.ServiceUnavailable));
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, what);
        }
        else
        {
            Assert.True(answer.Status is HttpStatusCode.OK && (!isNeeded || outage is Outage.IsSlow), what);
        }
    }

    private sealed record Route(string Name, Func<Task<ApiAnswer>> Call, params string[] Needs);
}
