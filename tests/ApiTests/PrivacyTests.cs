using System.Net;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.AppHost;
using Cruddur.Tests;

namespace Cruddur.ApiTests;

/// <summary>What a conversation leaves in logs, spans and metrics.</summary>
public sealed class PrivacyTests(ApiFixture fixture)
{
    private static readonly string[] Signals = ["traces", "logs", "metrics"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_private_is_in_any_log_or_span()
    {
        const string Secret = "Zathras-told-nobody";
        await using var collector = await TelemetryCollector.StartAsync(Cancelled);
        await using var relay = new TcpRelay(fixture.Servers.DynamoDbEndpoint.Host, fixture.Servers.DynamoDbEndpoint.Port);
        await using var api = await fixture.StartApiAsync(
            Cancelled,
            [
                .. collector.Settings,
                new("AWS_ENDPOINT_URL_DYNAMODB", $"http://127.0.0.1:{relay.Port}"),
                new("Logging__LogLevel__Default", "Debug"),
            ]);
        using var one = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(api.Address, await fixture.Users.NewWithoutRowAsync(Cancelled));

        // A conversation, with everything that can fail in it.
        Assert.Equal(HttpStatusCode.OK, (await other.SendAsync(new(HttpMethod.Put, "/api/users/me"))).Status);
        await using var listener = await EventListener.StartAsync(api.Address, other.User);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, $"{Secret} 1", "key")).MessageGroupUuid;
        await one.SendToUserAsync(other.User.Handle, $"{Secret} 1", "key");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => other.SendToGroupAsync(groupUuid, $"{Secret} {i}")));
        await listener.NextMessageAsync();
        await one.MessagesAsync(groupUuid);
        await one.GroupsAsync();
        await one.PostAsync("/api/activities", new { message = Secret, ttl = "1-day" });
        await one.PostAsync("/api/messages", new { message = Secret + new string('x', 1024), handle = other.User.Handle });
        await one.PostRawAsync("/api/messages", $$"""{"message":"{{Secret}}""");
        await one.PostRawAsync("/api/messages", $$"""{"{{Secret}}":["{{Secret}}"],"message":{"{{Secret}}":1} }""");
        await one.PostAsync("/api/messages", new { message = Secret, handle = other.User.Handle }, "key");
        using var invalid = new ApiClient(api.Address, $"Bearer {one.User.AccessToken}x");
        await invalid.GetAsync("/api/message_groups");
        relay.Start(Outage.Refuses);
        var unavailable = await one.PostAsync("/api/messages", new { message = Secret, message_group_uuid = groupUuid });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.Status);

        // The telemetry of the last request has arrived, and so has all before it.
        await collector.ReceivedAsync("logs", "does not answer");
        await collector.ReceivedAsync("traces", "TransactWriteItems");
        await Task.Delay(500, Cancelled);

        var secrets = new[] { one.User, other.User }
            .SelectMany(user => new[] { user.AccessToken, user.AccessToken.Split('.')[2], user.AccessToken.Split('.')[1], user.Email })
            .Append(Secret)
            .ToList();
        var signals = Signals.Select(signal => (signal, collector.Received(signal)));
        foreach (var (name, text) in signals.Prepend(("output", string.Join('\n', api.Output))))
        {
            Assert.NotEmpty(text);
            Assert.All(secrets, secret => Assert.False(
                text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret} is in the {name}:\n{Around(text, secret)}"));
        }
    }

    [Fact]
    public async Task No_value_of_a_row_is_in_the_log_of_postgres()
    {
        using var newcomer = new ApiClient(fixture.Api.Address, await fixture.Users.NewWithoutRowAsync(Cancelled));
        await fixture.Users.TakeHandleAsync(newcomer.User.Handle, Cancelled);
        (await newcomer.SendAsync(new(HttpMethod.Put, "/api/users/me"))).Errors(HttpStatusCode.Conflict);

        await Eventually.EqualAsync(true, async () => (await LogAsync()).Contains("users_handle_key", StringComparison.Ordinal));
        Assert.DoesNotContain(newcomer.User.Handle, await LogAsync(), StringComparison.Ordinal);

        async Task<string> LogAsync() => string.Join('\n', await fixture.Servers.App.ReadLogAsync(CruddurResources.Postgres, Cancelled));
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 300)];
    }
}
