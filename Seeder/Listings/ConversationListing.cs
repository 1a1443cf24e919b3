using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cruddur.Data.Messages;
using Cruddur.Data.Paging;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>The messages of a conversation, newest first.</summary>
internal sealed class ConversationListing(MessageStore messages, Guid groupUuid) : ISeederListing
{
    public string Verb => "ddb get-conversation";

    public SeederServer Server => SeederServer.DynamoDb;

    public IReadOnlyList<string> Columns => ["created_at", "handle", "message"];

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in PageReader.ReadAllAsync(
            (limit, start) => messages.ListAsync(groupUuid, limit, start, cancellationToken)))
        {
            yield return new()
            {
                ["uuid"] = message.Uuid.ToString(),
                ["display_name"] = message.Sender.DisplayName,
                ["handle"] = message.Sender.Handle,
                ["created_at"] = message.CreatedAt.ToString(),
                ["message"] = message.Text,
            };
        }
    }
}
