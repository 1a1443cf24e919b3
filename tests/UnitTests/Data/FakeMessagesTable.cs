using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.DynamoDb;
using NSubstitute;

namespace Cruddur.UnitTests.Data;

/// <summary>
/// The messages table in memory, with the reads, transactions and conditions that Cruddur uses. A test decides what happens
/// to each transaction, so that a race happens on purpose and in the same way each time.
/// </summary>
internal sealed class FakeMessagesTable
{
    private readonly Dictionary<(string Pk, string Sk), Dictionary<string, AttributeValue>> _items = [];

    public FakeMessagesTable()
    {
        OnTransaction = CommitAsync;
        Client = Substitute.For<IAmazonDynamoDB>();
        Client.GetItemAsync(Arg.Any<GetItemRequest>(), Arg.Any<CancellationToken>())
            .Returns(call => ReadAsync(() => Get(call.Arg<GetItemRequest>())));
        Client.QueryAsync(Arg.Any<QueryRequest>(), Arg.Any<CancellationToken>())
            .Returns(call => ReadAsync(() => Query(call.Arg<QueryRequest>())));
        Client.ScanAsync(Arg.Any<ScanRequest>(), Arg.Any<CancellationToken>()).Returns(call => Scan(call.Arg<ScanRequest>()));
        Client.PutItemAsync(Arg.Any<PutItemRequest>(), Arg.Any<CancellationToken>()).Returns(call => Put(call.Arg<PutItemRequest>().Item));
        Client.BatchWriteItemAsync(Arg.Any<BatchWriteItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            call.Arg<BatchWriteItemRequest>().RequestItems.Values.Single().ForEach(write => Put(write.PutRequest.Item));
            return new BatchWriteItemResponse();
        });
        Client.TransactWriteItemsAsync(Arg.Any<TransactWriteItemsRequest>(), Arg.Any<CancellationToken>())
            .Returns(call => OnTransaction(call.Arg<TransactWriteItemsRequest>()));
    }

    /// <summary>The items of a table that was just created, for <see cref="Restore"/>.</summary>
    public static IReadOnlyDictionary<(string Pk, string Sk), Dictionary<string, AttributeValue>> Empty { get; } =
        new Dictionary<(string Pk, string Sk), Dictionary<string, AttributeValue>>();

    /// <summary>The table as DynamoDB's client.</summary>
    public IAmazonDynamoDB Client { get; }

    /// <summary>What a transaction does; at first it commits.</summary>
    public Func<TransactWriteItemsRequest, Task<TransactWriteItemsResponse>> OnTransaction { get; set; }

    /// <summary>What happens before and after each read; at first nothing.</summary>
    public Func<Task> OnRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether reads fail, as when DynamoDB does not answer.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>A client of the table as one process has it.</summary>
    public MessagesTableClient NewClient(TimeProvider clock) => new(Client, new CallDeadline(limit: null, clock));

    /// <summary>The sort keys of a partition, in their order.</summary>
    public List<string> SortKeys(string partitionKey)
    {
        lock (_items)
        {
            return [.. Partition(partitionKey).Select(item => item["sk"].S)];
        }
    }

    /// <summary>Puts an item, whatever its key has.</summary>
    public PutItemResponse Put(Dictionary<string, AttributeValue> item)
    {
        lock (_items)
        {
            _items[KeyOf(item)] = item;
            return new();
        }
    }

    /// <summary>A copy of all items, for <see cref="Restore"/>.</summary>
    public IReadOnlyDictionary<(string Pk, string Sk), Dictionary<string, AttributeValue>> Save()
    {
        lock (_items)
        {
            return _items.ToDictionary();
        }
    }

    /// <summary>Replaces all items, as when the table is dropped and a copy is restored.</summary>
    public void Restore(IReadOnlyDictionary<(string Pk, string Sk), Dictionary<string, AttributeValue>> items)
    {
        lock (_items)
        {
            _items.Clear();
            foreach (var (key, item) in items)
            {
                _items[key] = item;
            }
        }
    }

    /// <summary>Runs a transaction as DynamoDB does: all writes, or none with the reason of each.</summary>
    public Task<TransactWriteItemsResponse> CommitAsync(TransactWriteItemsRequest request)
    {
        lock (_items)
        {
            var reasons = request.TransactItems.ConvertAll(Check);
            if (reasons.Exists(reason => reason.Code != "None"))
            {
                return Task.FromException<TransactWriteItemsResponse>(Cancelled([.. reasons]));
            }

            request.TransactItems.ForEach(Apply);
            return Task.FromResult(new TransactWriteItemsResponse());
        }
    }

    /// <summary>A transaction that DynamoDB cancelled for one reason, such as <c>TransactionConflict</c>.</summary>
    public static TransactionCanceledException Cancelled(TransactWriteItemsRequest request, string code) =>
        Cancelled([.. request.TransactItems.Select(_ => new CancellationReason { Code = code })]);

    private static TransactionCanceledException Cancelled(List<CancellationReason> reasons) =>
        new("Transaction cancelled") { CancellationReasons = reasons };

    private async Task<T> ReadAsync<T>(Func<T> read)
    {
        await OnRead();
        var response = read();
        await OnRead();
        return response;
    }

    private void ThrowIfUnavailable()
    {
        if (IsUnavailable)
        {
            throw new TimeoutException();
        }
    }

    private GetItemResponse Get(GetItemRequest request)
    {
        ThrowIfUnavailable();
        lock (_items)
        {
            return new() { Item = _items.GetValueOrDefault(KeyOf(request.Key)) };
        }
    }

    private QueryResponse Query(QueryRequest request)
    {
        ThrowIfUnavailable();
        lock (_items)
        {
            if (request.IndexName is not null)
            {
                var group = request.ExpressionAttributeValues[":group"].S;
                return new() { Items = [.. Heads().Where(head => head["message_group_uuid"].S == group)] };
            }

            var items = Partition(request.ExpressionAttributeValues[":pk"].S);
            if (request.ExpressionAttributeValues.TryGetValue(":start", out var start))
            {
                var sign = request.ScanIndexForward is true ? 1 : -1;
                items = items.Where(item => string.CompareOrdinal(item["sk"].S, start.S) * sign > 0);
            }

            items = request.ScanIndexForward is true ? items : items.Reverse();
            return new() { Items = [.. items.Take(request.Limit ?? int.MaxValue)] };
        }
    }

    private ScanResponse Scan(ScanRequest request)
    {
        lock (_items)
        {
            var heads = Heads().ToList();
            var start = request.ExclusiveStartKey is { } key ? heads.FindIndex(head => KeyOf(head).CompareTo(KeyOf(key)) > 0) : 0;
            var page = heads.Skip(start < 0 ? heads.Count : start).Take(request.Limit ?? int.MaxValue).ToList();
            return new() { Items = page, LastEvaluatedKey = page.Count == request.Limit ? page[^1] : null };
        }
    }

    /// <summary>The items of the index, in the order of their keys.</summary>
    private IEnumerable<Dictionary<string, AttributeValue>> Heads() =>
        _items.Where(item => item.Value.ContainsKey("message_group_uuid")).OrderBy(item => item.Key).Select(item => item.Value);

    private IEnumerable<Dictionary<string, AttributeValue>> Partition(string partitionKey) =>
        _items.Where(item => item.Key.Pk == partitionKey).OrderBy(item => item.Key.Sk, StringComparer.Ordinal).Select(item => item.Value);

    private CancellationReason Check(TransactWriteItem write)
    {
        var (key, condition, values) = write switch
        {
            { Put: { } put } => (KeyOf(put.Item), put.ConditionExpression, put.ExpressionAttributeValues),
            { Delete: { } delete } => (KeyOf(delete.Key), delete.ConditionExpression, delete.ExpressionAttributeValues),
            _ => (KeyOf(write.Update.Key), write.Update.ConditionExpression, write.Update.ExpressionAttributeValues),
        };
        var item = _items.GetValueOrDefault(key);
        var holds = condition switch
        {
            null => true,
            "attribute_not_exists(#pk)" => item is null,
            "attribute_exists(#pk)" => item is not null,
            "attribute_not_exists(#pk) OR #group = :group" => item is null || item["message_group_uuid"].S == values[":group"].S,
            "#at = :from AND attribute_not_exists(#version)" =>
                item?["last_message_at"].S == values[":from"].S && !item!.ContainsKey("version"),
            "#at = :from AND #version = :fromVersion" =>
                item?["last_message_at"].S == values[":from"].S && item!.GetValueOrDefault("version")?.S == values[":fromVersion"].S,
            "#group = :from" => item?["group_uuid"].S == values[":from"].S,
            _ => throw new NotSupportedException(condition),
        };
        return holds ? new() { Code = "None" } : new() { Code = "ConditionalCheckFailed", Item = item };
    }

    private void Apply(TransactWriteItem write)
    {
        switch (write)
        {
            case { Put: { } put }:
                _items[KeyOf(put.Item)] = put.Item;
                break;
            case { Delete: { } delete }:
                _items.Remove(KeyOf(delete.Key));
                break;
            default:
                var key = KeyOf(write.Update.Key);
                var item = new Dictionary<string, AttributeValue>(_items[key]);
                var expression = write.Update.UpdateExpression.Split(" REMOVE ");
                foreach (var removed in expression.Skip(1))
                {
                    item.Remove(write.Update.ExpressionAttributeNames[removed]);
                }

                foreach (var assignment in expression[0]["SET ".Length..].Split(", "))
                {
                    var (name, value) = (assignment.Split(" = ")[0], assignment.Split(" = ")[1]);
                    item[write.Update.ExpressionAttributeNames[name]] = write.Update.ExpressionAttributeValues[value];
                }

                _items[key] = item;
                break;
        }
    }

    private static (string Pk, string Sk) KeyOf(Dictionary<string, AttributeValue> item) => (item["pk"].S, item["sk"].S);
}
