using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Paging;
using Cruddur.Data.Users;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>A user's conversations, newest message first.</summary>
internal sealed class ConversationsListing(UserStore users, MessageGroupStore groups, string handle) : ISeederListing
{
    public string Verb => "ddb list-conversations";

    public SeederServer Server => SeederServer.DynamoDb;

    public IReadOnlyList<string> Columns => ["uuid", "handle", "created_at", "message"];

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var user = await users.FindByHandleAsync(handle, cancellationToken)
            ?? throw new InvalidOperationException(
                $"There is no user {handle} in Postgres. `cognito list-users` lists the users of the pool.");
        await foreach (var head in PageReader.ReadAllAsync(
            (limit, start) => groups.ListHeadsAsync(user.Uuid, limit, start, cancellationToken)))
        {
            yield return new()
            {
                ["uuid"] = head.GroupUuid.ToString(),
                ["display_name"] = head.Other.DisplayName,
                ["handle"] = head.Other.Handle,
                ["created_at"] = head.LastMessageAt.ToString(),
                ["message"] = head.LastMessage,
            };
        }
    }
}
