using Aspire.Hosting.ApplicationModel;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.AppHost;

namespace Cruddur.ApiTests;

/// <summary>Several replicas of the API behind one address, as the AppHost runs them.</summary>
public sealed class ReplicaTests(ApiFixture fixture)
{
    private const int Listeners = 12;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Uri Api => fixture.Servers.ReplicatedApi;

    [Fact]
    public async Task All_listeners_receive_every_message_once_when_a_replica_stops()
    {
        var replicas = await fixture.Servers.ReplicasHealthyAsync(Cancelled);
        var (one, other) = (await fixture.Users.NewAsync(Cancelled), await fixture.Users.NewAsync(Cancelled));
        var listeners = await Task.WhenAll(Enumerable.Range(0, Listeners).Select(_ => EventListener.StartAsync(Api, other)));
        await SendAsync(one, other, "1", "2", "3", "4");
        await AssertHeardAsync(listeners, "1", "2", "3", "4");

        // The listeners are spread over the replicas: some of them lose theirs, and go on at another one.
        var commands = fixture.Servers.App.ResourceCommands;
        var leaving = replicas.First();
        Assert.True((await commands.ExecuteCommandAsync(leaving, KnownResourceCommands.StopCommand, Cancelled)).Success);
        await fixture.Servers.App.ResourceNotifications.WaitForResourceAsync(
            CruddurResources.Api,
            change => change.ResourceId == leaving && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text),
            Cancelled);
        await SendAsync(one, other, "5", "6");

        var ended = listeners.Where(listener => listener.HasEnded).ToList();
        Assert.InRange(ended.Count, 1, Listeners - 1);
        for (var i = 0; i < Listeners; i++)
        {
            if (listeners[i].HasEnded)
            {
                await listeners[i].DisposeAsync();
                listeners[i] = await EventListener.StartAsync(Api, other, listeners[i].LastEventId);
            }
        }

        await SendAsync(one, other, "7");
        await AssertHeardAsync(listeners, "5", "6", "7");
        Assert.All(await Task.WhenAll(listeners.Select(listener => listener.IsSilentAsync())), Assert.True);

        Assert.True((await commands.ExecuteCommandAsync(leaving, KnownResourceCommands.StartCommand, Cancelled)).Success);
        await Task.WhenAll(listeners.Select(listener => listener.DisposeAsync().AsTask()));
    }

    /// <summary>Sends each message over a new connection, so that any replica may get it.</summary>
    private async Task SendAsync(TestUser sender, TestUser receiver, params string[] messages)
    {
        foreach (var message in messages)
        {
            using var caller = new ApiClient(Api, sender);
            await caller.SendToUserAsync(receiver.Handle, message);
        }
    }

    private static async Task AssertHeardAsync(EventListener[] listeners, params string[] messages)
    {
        foreach (var listener in listeners)
        {
            foreach (var message in messages)
            {
                Assert.Equal(message, (await listener.NextMessageAsync()).Message.Message);
            }
        }
    }
}
