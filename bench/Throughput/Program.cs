// Measures requests to the API beside their floor: the same calls made to the same DynamoDB Local without the API.
// The measurements take turns, so that all of them see the same machine.
//
//   dotnet run -c Release --project bench/Throughput [rounds [seconds of each measurement [part of a name]]]

using System.Globalization;
using Cruddur.Throughput;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var duration = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1]) : 2);
var filter = args.Length > 2 ? args[2] : "";
const int Connections = 8;
const int Spread = 100;

await using var servers = await Servers.StartAsync();
using var conversations = new Conversations();
var all = await conversations.CreateAsync(Spread + Connections);
var (spread, bare) = (all.Take(Spread).ToList(), all.Skip(Spread).ToArray());
var requests = new Requests(servers);
var path = $"/api/messages/{spread[0].Group.Uuid}";

Measurement[] measurements =
[
    new("floor: GET /alive, without a token", servers.Api, () => Repeat(requests.Get("/alive"))),
    new("floor: GetItem of a group", servers.DynamoDb, await BareAsync(conversations.FindGroupAsync, Requests.Bare)),
    new("floor: Query of 20 conversations", servers.DynamoDb, await BareAsync(conversations.ListGroupsAsync, Requests.Bare)),
    new("GET /api/message_groups", servers.Api, () => Repeat(requests.Get("/api/message_groups"))),
    new("floor: Query of 20 messages", servers.DynamoDb, await BareAsync(conversations.ListMessagesAsync, Requests.Bare)),
    new("GET /api/messages/{uuid}", servers.Api, () => Repeat(requests.Get(path))),
    new("floor: TransactWriteItems of a message", servers.DynamoDb, BareSend),
    new("POST /api/messages, one conversation", servers.Api, () => Repeat(requests.Send(spread[0].Group.Uuid, "hello"))),
    new($"POST /api/messages, {Spread} conversations", servers.Api, SpreadSend),
];
measurements = [.. measurements.Where(measurement => measurement.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];

for (var round = 0; round <= rounds; round++)
{
    foreach (var measurement in measurements)
    {
        // The first round lets the servers compile their code.
        await measurement.RunAsync(servers, duration, isCounted: round > 0);
    }

    // The bare transactions start where the conversations are.
    bare = await Task.WhenAll(bare.Select(conversations.RefreshAsync));
}

Console.WriteLine($"{rounds} rounds of {duration.TotalSeconds} s, {Connections} connections, {Environment.ProcessorCount} processors");
Console.WriteLine();
Console.WriteLine("| | requests/s: median (min to max) | p50, ms | p99, ms | API processor time, ms per 1,000 requests |");
Console.WriteLine("|---|---|---|---|---|");
Array.ForEach(measurements, measurement => Console.WriteLine(measurement.ToRow()));
Console.WriteLine();
Console.WriteLine($"API memory afterwards: {servers.ApiMemory / 1e6:0} MB, after {measurements.Sum(m => m.ApiRequests):N0} requests");

async Task<Func<IReadOnlyList<IEnumerable<byte[]>>>> BareAsync<T>(Func<Conversation, Task<T>> call, Func<T, byte[]> marshal)
{
    var request = marshal(await call(spread[0]));
    return () => Repeat(request);
}

IReadOnlyList<IEnumerable<byte[]>> BareSend() =>
    [.. bare.Select(conversation => Conversations.Send(conversation, (int)(duration.TotalSeconds * 500)).Select(Requests.Bare).ToList())];

IReadOnlyList<IEnumerable<byte[]>> SpreadSend()
{
    var sends = spread.ConvertAll(conversation => requests.Send(conversation.Group.Uuid, "hello"));
    return [.. Enumerable.Range(0, Connections).Select(i => Cycle(sends, start: i * Spread / Connections))];
}

static IReadOnlyList<IEnumerable<byte[]>> Repeat(byte[] request) =>
    [.. Enumerable.Repeat(Cycle([request], start: 0), Connections)];

static IEnumerable<byte[]> Cycle(IReadOnlyList<byte[]> requests, int start)
{
    for (var i = start; ; i++)
    {
        yield return requests[i % requests.Count];
    }
}
