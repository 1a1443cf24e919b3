using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Cruddur.UnitTests.Data;

public sealed class MessagesTableBatchesTests
{
    private readonly IAmazonDynamoDB _dynamoDb = Substitute.For<IAmazonDynamoDB>();
    private readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
    private readonly List<string[]> _requests = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unprocessed_items_are_sent_again_until_all_are_processed()
    {
        Process(requests => requests.Skip(2), requests => requests.Skip(1), _ => []);

        await PutAsync("a", "b", "c", "d");

        Assert.Equal([["a", "b", "c", "d"], ["c", "d"], ["d"]], _requests);
    }

    [Fact]
    public async Task A_throttled_request_is_sent_again()
    {
        Process(_ => throw new ProvisionedThroughputExceededException("Too fast."), _ => []);

        await PutAsync("a", "b");

        Assert.Equal([["a", "b"], ["a", "b"]], _requests);
    }

    [Fact]
    public async Task Throttling_without_any_progress_is_an_error()
    {
        Process([.. Enumerable.Repeat<Func<List<WriteRequest>, IEnumerable<WriteRequest>>>(requests => requests, 1000)]);

        await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => PutAsync("a"));

        Assert.InRange(_requests.Count, 5, 40);
    }

    [Fact]
    public async Task Slow_progress_is_no_error()
    {
        const int Items = 25;
        Process([.. Enumerable.Repeat<Func<List<WriteRequest>, IEnumerable<WriteRequest>>[]>(
            [requests => requests, requests => requests, requests => requests.Skip(1)], Items).SelectMany(answers => answers)]);

        await PutAsync([.. Enumerable.Range(0, Items).Select(i => $"{i}")]);

        Assert.Equal(3 * Items, _requests.Count);
    }

    /// <summary>Answers each request with the items that it leaves unprocessed.</summary>
    private void Process(params Func<List<WriteRequest>, IEnumerable<WriteRequest>>[] answers) =>
        _dynamoDb.BatchWriteItemAsync(Arg.Any<BatchWriteItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var (table, requests) = call.Arg<BatchWriteItemRequest>().RequestItems.Single();
            _requests.Add([.. requests.Select(request => request.PutRequest.Item["pk"].S)]);
            var unprocessed = answers[_requests.Count - 1](requests).ToList();
            return new BatchWriteItemResponse { UnprocessedItems = unprocessed.Count == 0 ? null : new() { [table] = unprocessed } };
        });

    private async Task PutAsync(params string[] keys)
    {
        var put = new MessagesTableBatches(_dynamoDb, _clock)
            .PutAsync(keys.Select(key => new Dictionary<string, AttributeValue> { ["pk"] = new(key) }), Cancelled);
        while (!put.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await put;
    }
}
