using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Cruddur.DistributedAppTests;

/// <summary>
/// How fast <c>ddb seed</c> writes, beside a bare loop that writes the same items with as many requests at a time.
/// <c>bench/seeding</c> runs it with more messages.
/// </summary>
[Collection(ScratchSystem.Name)]
public sealed class SeedingRateTests(ScratchCruddur cruddur, ITestOutputHelper output) : IDisposable
{
    private const string Table = "cruddur-messages";
    private const int DefaultMessages = 2_000;
    private const int Rounds = 4;
    private const int Groups = 100;
    private const int Parallelism = 8;
    private const int BatchSize = 25;

    /// <summary>The lowest rate beside that of the bare loop. A short run says more about the start of a process.</summary>
    private const double LowestRatio = 0.7;

    private readonly AmazonDynamoDBClient _dynamoDb = cruddur.NewDynamoDb();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _dynamoDb.Dispose();

    [Fact]
    public async Task Seeding_writes_all_messages_nearly_as_fast_as_a_bare_loop()
    {
        var setting = Environment.GetEnvironmentVariable("CRUDDUR_SEEDING_MESSAGES");
        var messages = setting is null ? DefaultMessages : int.Parse(setting, CultureInfo.InvariantCulture);
        await RunAsync("reset", "--yes");

        // In turn, so that both see the same machine and a table of the same size.
        var (seeding, bare) = (TimeSpan.Zero, TimeSpan.Zero);
        var written = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            seeding += await SeedAsync(messages / Rounds);
            var items = (await ReadAsync()).Where(item => written.Add(item["message_uuid"].S)).ToList();
            Assert.Equal(messages / Rounds, items.Count);
            bare += await WriteAsync(items);
        }

        var ratio = bare / seeding;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{written.Count:N0} messages: ddb seed {written.Count / seeding.TotalSeconds:N0} a second, "
            + $"bare loop {written.Count / bare.TotalSeconds:N0} a second, ratio {ratio:0.00}"));
        Assert.True(setting is null || ratio >= LowestRatio, $"The ratio is {ratio:0.00}.");
    }

    /// <returns>How long the verb takes to write messages.</returns>
    private async Task<TimeSpan> SeedAsync(int messages)
    {
        var report = JsonSerializer.Deserialize<JsonElement>(
            await RunAsync("ddb", "seed", "--messages", $"{messages}", "--groups", $"{Groups}", "--json"));
        return TimeSpan.FromSeconds(report.GetProperty("steps").EnumerateArray().Last().GetProperty("seconds").GetDouble());
    }

    /// <summary>All messages that the verb has written, by conversation, each the newest first.</summary>
    private async Task<IEnumerable<Dictionary<string, AttributeValue>>> ReadAsync()
    {
        var request = new ScanRequest
        {
            TableName = Table,
            FilterExpression = "begins_with(pk, :messages) AND pk <> :babylon",
            ExpressionAttributeValues = new()
            {
                [":messages"] = new("MSG#"), [":babylon"] = new("MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"),
            },
        };
        var items = new List<Dictionary<string, AttributeValue>>();
        await foreach (var page in _dynamoDb.Paginators.Scan(request).Responses.WithCancellation(Cancelled))
        {
            items.AddRange(page.Items ?? []);
        }

        return items
            .OrderBy(item => item["pk"].S, StringComparer.Ordinal)
            .ThenByDescending(item => item["sk"].S, StringComparer.Ordinal);
    }

    /// <summary>Writes the same items under other keys.</summary>
    /// <returns>How long the loop takes.</returns>
    private async Task<TimeSpan> WriteAsync(List<Dictionary<string, AttributeValue>> items)
    {
        foreach (var item in items)
        {
            item["pk"] = new($"BARE#{item["pk"].S}");
        }

        var start = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = Cancelled };
        await Parallel.ForEachAsync(items.Chunk(BatchSize), options, async (batch, token) =>
        {
            var requests = batch.Select(item => new WriteRequest(new PutRequest(item))).ToList();
            var request = new BatchWriteItemRequest { RequestItems = new() { [Table] = requests } };
            var response = await _dynamoDb.BatchWriteItemAsync(request, token);
            Assert.Empty(response.UnprocessedItems ?? []);
        });
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task<string> RunAsync(params string[] verb)
    {
        var (exitCode, result, error) = await cruddur.RunSeederAsync(CruddurResources.Database, verb);
        Assert.True(exitCode == 0, result + error);
        return result;
    }
}
