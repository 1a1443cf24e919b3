using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>All items of the messages table.</summary>
internal sealed class ScanListing(DynamoDbTables tables) : ISeederListing
{
    public string Verb => "ddb scan";

    public SeederServer Server => SeederServer.DynamoDb;

    public IReadOnlyList<string> Columns => ["pk", "sk", "user_handle", "message"];

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in tables.ScanAsync(MessagesTable.Name, cancellationToken))
        {
            yield return new(item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Key, Value(attribute.Value))));
        }
    }

    /// <summary>The attributes of the table are strings and whole numbers.</summary>
    private static JsonValue? Value(AttributeValue value) =>
        value.N is { } number ? JsonValue.Create(long.Parse(number, CultureInfo.InvariantCulture)) : JsonValue.Create(value.S);
}
