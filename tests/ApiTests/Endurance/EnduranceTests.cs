using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.AppHost;
using Cruddur.Tests;

namespace Cruddur.ApiTests.Endurance;

/// <summary>Runs alone: it stops the servers that the other tests use.</summary>
[CollectionDefinition(nameof(Endurance), DisableParallelization = true)]
public sealed class Endurance;

/// <summary>
/// Users write to each other and listen at two replicas, while one replica or server after the other is killed and comes back;
/// DynamoDB Local is stopped. The run takes a minute; <c>bench/endurance</c> makes it longer.
/// </summary>
[Collection(nameof(Endurance))]
public sealed class EnduranceTests(ApiFixture fixture)
{
    private const string SecondsVariable = "CRUDDUR_ENDURANCE_SECONDS";
    private const int Users = 6;

    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Downtime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_is_stored_and_received_once_and_in_order()
    {
        var seed = TestSeed.Next();
        await using var first = new Replica(fixture, "replica 1");
        await using var second = new Replica(fixture, "replica 2");
        Replica[] replicas = [first, second];
        await Task.WhenAll(replicas.Select(replica => replica.StartAsync(Cancelled)));
        var users = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => fixture.Users.NewAsync(Cancelled)));

        // A ring: each user has two conversations, and each conversation two senders.
        var senders = Enumerable.Range(0, Users)
            .SelectMany(i => new[] { (From: i, To: (i + 1) % Users), (From: (i + 1) % Users, To: i) })
            .Select((pair, i) => new Sender(users[pair.From], users[pair.To], replicas, seed + i))
            .ToList();
        var listeners = users.SelectMany(user => replicas.Select(replica => new Listener(user, replica))).ToList();

        using var endOfListening = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var listening = listeners.ConvertAll(listener => listener.RunAsync(endOfListening.Token));
        await Task.WhenAll(listeners.Select(listener => listener.Ready)).WaitAsync(RecoveryLimit, Cancelled);

        using var endOfSending = new CancellationTokenSource();
        var memory = new ConcurrentDictionary<Uri, MemorySamples>();
        var sampling = SampleMemoryAsync(replicas, memory, endOfSending.Token);
        var sending = senders.ConvertAll(sender => sender.RunAsync(endOfSending.Token, Cancelled));
        var outages = await RunOutagesAsync(replicas, Task.WhenAny(sending));
        await endOfSending.CancelAsync();
        await Task.WhenAll(sending).WaitAsync(RecoveryLimit, Cancelled);
        await sampling;

        await AssertStoredAsync(senders, replicas[0]);
        await AssertReceivedAsync(listeners, senders);
        await endOfListening.CancelAsync();
        await Task.WhenAll(listening);

        Assert.All(memory.Values, samples => Assert.True(samples.IsFlat, $"MiB each second: {samples}"));
        Assert.Empty(replicas.SelectMany(replica => replica.Errors));
        var (sent, repeated) = (senders.Sum(sender => sender.Sent.Count), senders.Sum(sender => sender.Repeated));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sent} messages, {repeated} repeated requests, {listeners.Count} listeners, {outages} outages"));
    }

    /// <summary>Takes down one server or replica after the other until the time is over.</summary>
    /// <returns>How many outages there were.</returns>
    private async Task<int> RunOutagesAsync(Replica[] replicas, Task failure)
    {
        var duration = Environment.GetEnvironmentVariable(SecondsVariable) is { Length: > 0 } seconds
            ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
            : DefaultDuration;
        Func<Task>[] outages =
        [
            () => KillAsync(replicas[0]),
            () => TakeDownAsync(
                CruddurResources.DynamoDb, (app, cancellationToken) => StopAsync(app, CruddurResources.DynamoDb, cancellationToken)),
            () => KillAsync(replicas[1]),
            () => KillAsync(CruddurResources.Postgres),
            () => KillAsync(CruddurResources.Cognito),
        ];
        var start = Stopwatch.GetTimestamp();
        var count = 0;

        // Each outage happens at least once, however slow the machine is. A sender that has failed ends the run.
        while (!failure.IsCompleted && (count < outages.Length || Stopwatch.GetElapsedTime(start) < duration))
        {
            await Task.Delay(CalmTime, Cancelled);
            await outages[count++ % outages.Length]();
        }

        await Task.Delay(CalmTime, Cancelled);
        return count;
    }

    private static async Task KillAsync(Replica replica)
    {
        await replica.KillAsync();
        await Task.Delay(Downtime, Cancelled);
        await replica.StartAsync(Cancelled);
    }

    /// <summary>
    /// Stops a server in order. DynamoDB Local can lose an acknowledged transaction when it is killed, and loses none when it is stopped.
    /// </summary>
    private static async Task StopAsync(DistributedApplication app, string server, CancellationToken cancellationToken)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(server, KnownResourceCommands.StopCommand, cancellationToken);
        Assert.True(result.Success, $"{server} did not stop: {result.Message}");
    }

    private Task KillAsync(string server) => TakeDownAsync(server, (app, cancellationToken) => app.KillAsync(server, cancellationToken));

    private async Task TakeDownAsync(string server, Func<DistributedApplication, CancellationToken, Task> takeDown)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(RecoveryLimit);
        var app = fixture.Servers.App;
        await takeDown(app, limit.Token);
        await Task.Delay(Downtime, Cancelled);
        await app.StartResourceAsync(server, limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(server, limit.Token);
    }

    private static async Task SampleMemoryAsync(Replica[] replicas, ConcurrentDictionary<Uri, MemorySamples> memory, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            foreach (var replica in replicas)
            {
                if (replica.Memory is > 0 and var bytes)
                {
                    memory.GetOrAdd(replica.Address, _ => new()).Add(bytes);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Each conversation holds what its two senders sent, once and in order, and both heads show its last message.</summary>
    private static async Task AssertStoredAsync(List<Sender> senders, Replica replica)
    {
        foreach (var conversation in senders.GroupBy(sender => sender.Sent[0].MessageGroupUuid))
        {
            var stored = await replica.ClientOf(conversation.First().User).AllMessagesAsync(conversation.Key);
            var sent = conversation.SelectMany(sender => sender.Sent).OrderBy(message => message.CreatedAt, StringComparer.Ordinal);
            Assert.Equal(sent.Select(message => message.Uuid), stored.Select(message => message.Uuid));
            Assert.Equal(2, conversation.Count());
            foreach (var sender in conversation)
            {
                var own = stored.Where(message => message.Handle == sender.User.Handle);
                Assert.Equal(sender.Sent.Select(message => message.Message), own.Select(message => message.Message));
                var head = Assert.Single(await replica.ClientOf(sender.User).GroupsAsync(), group => group.Uuid == conversation.Key);
                Assert.Equal((stored[^1].Message, stored[^1].CreatedAt), (head.Message, head.CreatedAt));
            }
        }
    }

    /// <summary>Each listener has received every message of its user's conversations once, and each conversation in order.</summary>
    private static async Task AssertReceivedAsync(List<Listener> listeners, List<Sender> senders)
    {
        foreach (var listener in listeners)
        {
            var groups = senders
                .Where(sender => sender.User == listener.User)
                .Select(sender => sender.Sent[0].MessageGroupUuid)
                .ToHashSet();
            var expected = senders
                .SelectMany(sender => sender.Sent)
                .Where(message => groups.Contains(message.MessageGroupUuid))
                .ToList();
            var start = Stopwatch.GetTimestamp();
            while (listener.Received.Count < expected.Count && Stopwatch.GetElapsedTime(start) < CatchUpLimit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), Cancelled);
            }

            foreach (var conversation in expected.GroupBy(message => message.MessageGroupUuid))
            {
                var received = listener.Received.Where(message => message.MessageGroupUuid == conversation.Key).Select(Describe);
                var sent = conversation.OrderBy(message => message.CreatedAt, StringComparer.Ordinal).Select(Describe);
                Assert.True(
                    sent.SequenceEqual(received),
                    $"{listener.Name}:\nsent     {string.Join(", ", sent)}\nreceived {string.Join(", ", received)}");
            }
        }

        static string Describe(SentMessage message) => $"{message.Message} ({message.CreatedAt[11..26]})";
    }
}
