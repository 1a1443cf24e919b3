using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cruddur.Throughput;

/// <summary>The conversations to read and write, and the calls that the stores make for them.</summary>
internal sealed class Conversations : IDisposable
{
    private const int Messages = 100;
    private const int PageSize = 20;
    private const string Text = "Have you ever watched Babylon 5? It's one of my favorite TV shows!";

    private readonly IHost _stores;
    private readonly RecordingDynamoDb _dynamoDb = new();

    public Conversations()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["ConnectionStrings:cruddur"] = Environment.GetEnvironmentVariable("ConnectionStrings__cruddur");
        builder.AddCruddurData();
        builder.Services.AddLogging().AddSingleton<IAmazonDynamoDB>(_dynamoDb);
        _stores = builder.Build();
    }

    /// <summary>Creates conversations of <c>andrewbrown</c> with new users.</summary>
    public async Task<IReadOnlyList<Conversation>> CreateAsync(int count)
    {
        var import = _stores.Services.GetRequiredService<ConversationImport>();
        var caller = (await _stores.Services.GetRequiredService<UserStore>().FindByHandleAsync("andrewbrown", default))!;
        var conversations = new List<Conversation>();
        for (var i = 0; i < count; i++)
        {
            var other = await CreateUserAsync($"bench{Guid.NewGuid():N}"[..20]);
            var lines = Enumerable.Range(0, Messages).Select(line => new ConversationLine(line % 2 == 0 ? caller : other, Text));
            var groupUuid = Guid.NewGuid();
            await import.ImportAsync(
                groupUuid, caller, other, [.. lines], DateTimeOffset.UtcNow.AddDays(-1), TimeSpan.FromSeconds(1), default);
            conversations.Add(new(await FindAsync(groupUuid, caller), caller, other));
        }

        return conversations;
    }

    /// <summary>The call that lists the newest conversations.</summary>
    public async Task<QueryRequest> ListGroupsAsync(Conversation conversation)
    {
        await _stores.Services.GetRequiredService<MessageGroupStore>().ListHeadsAsync(conversation.Caller.Uuid, PageSize, null, default);
        return _dynamoDb.LastQuery!;
    }

    /// <summary>The call that lists the newest messages.</summary>
    public async Task<QueryRequest> ListMessagesAsync(Conversation conversation)
    {
        await _stores.Services.GetRequiredService<MessageStore>().ListAsync(conversation.Group.Uuid, PageSize, null, default);
        return _dynamoDb.LastQuery!;
    }

    /// <summary>The call that reads the group.</summary>
    public async Task<GetItemRequest> FindGroupAsync(Conversation conversation)
    {
        await FindAsync(conversation.Group.Uuid, conversation.Caller);
        return _dynamoDb.LastGetItem!;
    }

    /// <summary>The transactions that send so many messages, one after the other. They are not executed.</summary>
    public static IEnumerable<TransactWriteItemsRequest> Send(Conversation conversation, int count)
    {
        var group = conversation.Group;
        for (var i = 0; i < count; i++)
        {
            var at = UtcTimestamp.Latest(group.LastMessageAt.Next, new(DateTimeOffset.UtcNow));
            var message = new Message(Guid.NewGuid(), group.Uuid, at, "hello", conversation.Caller);
            var transaction = SendTransaction.ToGroup(group, [new(message, conversation.Other, Key: null)]);
            group = transaction.After;
            yield return new() { TransactItems = transaction.Items };
        }
    }

    /// <summary>The conversation as it is now.</summary>
    public async Task<Conversation> RefreshAsync(Conversation conversation) =>
        conversation with { Group = await FindAsync(conversation.Group.Uuid, conversation.Caller) };

    /// <inheritdoc />
    public void Dispose() => _stores.Dispose();

    private async Task<MessageGroup> FindAsync(Guid groupUuid, User member) =>
        (await _stores.Services.GetRequiredService<MessageGroupStore>().FindForMemberAsync(groupUuid, member.Uuid, default))!;

    private async Task<User> CreateUserAsync(string handle)
    {
        await using var command = _stores.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "insert into users (handle, display_name, email) values ($1, $1, $1) returning uuid");
        command.Parameters.AddWithValue(handle);
        return new((Guid)(await command.ExecuteScalarAsync())!, handle, handle);
    }

    /// <summary>A client that remembers its last calls.</summary>
    private sealed class RecordingDynamoDb : AmazonDynamoDBClient
    {
        public GetItemRequest? LastGetItem { get; private set; }

        public QueryRequest? LastQuery { get; private set; }

        public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
            base.GetItemAsync(LastGetItem = request, cancellationToken);

        public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
            base.QueryAsync(LastQuery = request, cancellationToken);
    }
}

/// <summary>A conversation of the caller.</summary>
/// <param name="Group">The group as it was last read.</param>
/// <param name="Caller">The user who signs in.</param>
/// <param name="Other">The other member.</param>
internal sealed record Conversation(MessageGroup Group, User Caller, User Other);
