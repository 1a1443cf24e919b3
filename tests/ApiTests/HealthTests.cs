using System.Net;
using Cruddur.ApiTests.Infrastructure;
using Npgsql;

namespace Cruddur.ApiTests;

/// <summary>The probes while a server is unavailable.</summary>
public sealed class HealthTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_API_is_degraded_without_Postgres_and_unhealthy_without_DynamoDB_but_alive()
    {
        var settings = new NpgsqlConnectionStringBuilder(fixture.Servers.Postgres);
        await using var postgres = new TcpRelay(settings.Host!, settings.Port);
        await using var dynamoDb = new TcpRelay(fixture.Servers.DynamoDbEndpoint.Host, fixture.Servers.DynamoDbEndpoint.Port);
        await using var collector = await TelemetryCollector.StartAsync(Cancelled);
        (settings.Host, settings.Port) = ("127.0.0.1", postgres.Port);
        await using var api = await fixture.StartApiAsync(
            Cancelled,
            [
                .. collector.Settings,
                new("ConnectionStrings__cruddur", settings.ConnectionString),
                new("AWS_ENDPOINT_URL_DYNAMODB", $"http://127.0.0.1:{dynamoDb.Port}"),
            ]);
        using var probe = new ApiClient(api.Address, authorization: null);
        using var known = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        await known.GroupsAsync();

        postgres.Start(Outage.Refuses);
        await Eventually.EqualAsync((HttpStatusCode.OK, "Degraded"), ReadyAsync);
        await known.GroupsAsync();
        postgres.Resume();
        await Eventually.EqualAsync((HttpStatusCode.OK, "Healthy"), ReadyAsync);

        dynamoDb.Start(Outage.Refuses);
        await Eventually.EqualAsync((HttpStatusCode.ServiceUnavailable, "Unhealthy"), ReadyAsync);
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/alive")).Status);
        dynamoDb.Resume();
        await Eventually.EqualAsync((HttpStatusCode.OK, "Healthy"), ReadyAsync);

        foreach (var change in new[]
        {
            "Postgres is unavailable", "Postgres is available again", "DynamoDB is unavailable", "DynamoDB is available again",
        })
        {
            await Eventually.EqualAsync(1, () => Task.FromResult(
                api.Output.Count(line => line.Contains(change, StringComparison.Ordinal))));
            await collector.ReceivedAsync("logs", change);
        }

        async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
        {
            var answer = await probe.GetAsync("/health");
            return (answer.Status, answer.Text);
        }
    }
}
