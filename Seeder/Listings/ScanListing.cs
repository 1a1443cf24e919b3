using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.DocumentModel;
using Cruddur.Data.DynamoDb;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>All items of a table.</summary>
internal sealed class ScanListing(DynamoDbTables tables, string table) : ISeederListing
{
    /// <summary>The only column if the attributes of the items are not known.</summary>
    private const string Item = "item";

    public string Verb => "ddb scan";

    public SeederServer Server => SeederServer.DynamoDb;

    public IReadOnlyList<string> Columns => table == MessagesTable.Name ? ["pk", "sk", "user_handle", "message"] : [Item];

    public string? Cell(JsonObject row, string column) =>
        column == Item ? row.ToJsonString(JsonText.Options) : row[column]?.ToString();

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in tables.ScanAsync(table, cancellationToken))
        {
            var attributes = JsonNode.Parse(Document.FromAttributeMap(item).ToJson())!.AsObject();
            yield return new(attributes
                .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone())));
        }
    }
}
