using System.Diagnostics;
using System.Text.Json;
using Amazon.DynamoDBv2;

namespace Cruddur.DistributedAppTests;

/// <summary>The verb <c>ddb seed</c> with the options that add many messages.</summary>
[Collection(ScratchSystem.Name)]
public sealed class BulkSeedingTests(ScratchCruddur cruddur) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly AmazonDynamoDBClient _dynamoDb = cruddur.NewDynamoDb();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _dynamoDb.Dispose();

    [Fact]
    public async Task Each_run_adds_messages_to_whole_conversations()
    {
        await ResetAsync();

        var first = JsonSerializer.Deserialize<JsonElement>(await RunAsync("ddb seed --messages 310 --groups 10 --users 3 --json"));
        Assert.Equal(
            ["users.added=3", "messages.written=310", "conversations.written=10"],
            first.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("counts").EnumerateObject())
                .Select(count => $"{count.Name}={count.Value}"));
        Assert.Equal(310, await CountGeneratedAsync());
        await AssertConsistentAsync(conversations: 11);

        await RunAsync("ddb seed --messages 100 --groups 10 --users 3");
        Assert.Equal(410, await CountGeneratedAsync());
        await AssertConsistentAsync(conversations: 11);

        using var andrew = await cruddur.ApiAsync("andrewbrown", Cancelled);
        var groups = JsonSerializer.Deserialize<JsonElement[]>(await andrew.GetStringAsync("/api/message_groups", Cancelled))!;
        Assert.Equal(4, groups.Length);
        var newest = groups[0];
        var page = JsonSerializer.Deserialize<JsonElement[]>(
            await andrew.GetStringAsync($"/api/messages/{newest.GetProperty("uuid").GetString()}", Cancelled))!;
        Assert.Equal(newest.GetProperty("message").GetString(), page[^1].GetProperty("message").GetString());
        Assert.Equal(newest.GetProperty("created_at").GetString(), page[^1].GetProperty("created_at").GetString());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task An_interrupted_run_leaves_whole_conversations(string signal, int expectedExitCode)
    {
        await ResetAsync();
        using var seeder = await cruddur.StartSeederAsync(
            CruddurResources.Database, "ddb", "seed", "--messages", "1000000", "--groups", "6", "--users", "2");

        // Each conversation has its newest message first, so a seventh message says that the others are being written.
        for (var watch = Stopwatch.StartNew(); await CountGeneratedAsync() < 7; await Task.Delay(50, Cancelled))
        {
            Assert.True(!seeder.HasExited && watch.Elapsed < Timeout, "No message was written.");
        }

        using (var kill = Process.Start("kill", ["-s", signal, $"{seeder.Id}"]))
        {
            await kill.WaitForExitAsync(Cancelled);
        }

        await seeder.WaitForExitAsync(Cancelled).WaitAsync(Timeout, Cancelled);
        Assert.Equal(expectedExitCode, seeder.ExitCode);
        await AssertConsistentAsync(conversations: 7);

        await RunAsync("ddb seed --messages 100 --groups 6 --users 2");
        await AssertConsistentAsync(conversations: 7);
    }

    private Task<string> ResetAsync() => RunAsync("reset --yes");

    /// <summary>Checks what an upgrade checks: each head shows the newest message, and each key is well formed.</summary>
    private async Task AssertConsistentAsync(int conversations) =>
        Assert.Contains(
            $"upgraded 0 of {conversations} conversations and the keys of 0 messages (",
            await RunAsync("ddb upgrade"),
            StringComparison.Ordinal);

    /// <summary>How many messages there are outside of the Babylon 5 conversation.</summary>
    private async Task<int> CountGeneratedAsync()
    {
        var request = new Amazon.DynamoDBv2.Model.ScanRequest
        {
            TableName = "cruddur-messages",
            Select = Select.COUNT,
            ConsistentRead = true,
            FilterExpression = "begins_with(pk, :messages) AND pk <> :babylon",
            ExpressionAttributeValues = new()
            {
                [":messages"] = new("MSG#"), [":babylon"] = new("MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399"),
            },
        };
        var count = 0;
        await foreach (var page in _dynamoDb.Paginators.Scan(request).Responses.WithCancellation(Cancelled))
        {
            count += page.Count ?? 0;
        }

        return count;
    }

    private async Task<string> RunAsync(string verb)
    {
        var (exitCode, output, error) = await cruddur.RunSeederAsync(CruddurResources.Database, verb.Split(' '));
        Assert.True(exitCode == 0, $"{verb}: {output}{error}");
        return output;
    }
}
