using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>The calls to DynamoDB of each route: one, once the process knows the conversation.</summary>
public sealed class RoundTripTests(ApiFixture fixture) : IAsyncLifetime
{
    private RecordingDynamoDb _dynamoDb = null!;
    private ApiProcess _api = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _dynamoDb = await RecordingDynamoDb.StartAsync(fixture.Servers.DynamoDbEndpoint, Cancelled);
        _api = await fixture.StartApiAsync(Cancelled, _dynamoDb.Settings);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _dynamoDb.DisposeAsync();
    }

    [Fact]
    public async Task Each_route_makes_one_call_when_the_process_knows_the_conversation()
    {
        using var one = new ApiClient(_api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(_api.Address, await fixture.Users.NewAsync(Cancelled));
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "1")).MessageGroupUuid;
        await one.SendToGroupAsync(groupUuid, "2");

        await AssertCallsAsync(["TransactWriteItems"], () => other.SendToGroupAsync(groupUuid, "3"));
        await AssertCallsAsync(["TransactWriteItems"], () => one.SendToUserAsync(other.User.Handle, "4", "a-key"));
        await AssertCallsAsync(["Query"], () => one.GroupsAsync());

        var path = $"/api/messages/{groupUuid}?limit=2";
        await AssertCallsAsync(["GetItem", "Query"], () => one.GetAsync(path));
        await AssertCallsAsync(["GetItem"], () => one.GetAsync(path));
        var newest = await other.GetAsync(path);
        Assert.Equal(["3", "4"], newest.Read<MessageLine[]>().Select(message => message.Message));

        await other.GetAsync(newest.Link("next")!);
        _dynamoDb.TakeCalls();
        await AssertCallsAsync(["GetItem"], () => one.GetAsync(newest.Link("next")!));
    }

    [Fact]
    public async Task A_message_of_another_replica_costs_the_next_send_one_cancelled_transaction()
    {
        using var one = new ApiClient(_api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "1")).MessageGroupUuid;
        await other.SendToGroupAsync(groupUuid, "2");

        await AssertCallsAsync(["TransactWriteItems", "TransactWriteItems"], () => one.SendToGroupAsync(groupUuid, "3"));
        Assert.Equal(["1", "2", "3"], (await other.MessagesAsync(groupUuid)).Select(message => message.Message));
    }

    [Fact]
    public async Task A_conversation_of_other_users_costs_one_small_read()
    {
        using var one = new ApiClient(_api.Address, await fixture.Users.NewAsync(Cancelled));
        using var other = new ApiClient(_api.Address, await fixture.Users.NewAsync(Cancelled));
        using var third = new ApiClient(_api.Address, await fixture.Users.NewAsync(Cancelled));
        var groupUuid = (await one.SendToUserAsync(other.User.Handle, "secret")).MessageGroupUuid;
        await one.MessagesAsync(groupUuid);
        await third.GroupsAsync();

        await AssertRefusedAsync(() => third.GetAsync($"/api/messages/{groupUuid}"));
        await AssertRefusedAsync(() => third.PostAsync("/api/messages", new { message = "hello", message_group_uuid = groupUuid }));

        async Task AssertRefusedAsync(Func<Task<ApiAnswer>> request) =>
            await AssertCallsAsync(["GetItem"], async () => (await request()).Errors(HttpStatusCode.NotFound));
    }

    private async Task AssertCallsAsync(string[] calls, Func<Task> request)
    {
        _dynamoDb.TakeCalls();
        await request();
        Assert.Equal(calls, _dynamoDb.TakeCalls());
    }
}
