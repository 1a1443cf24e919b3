using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cruddur.Data.DynamoDb;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>The DynamoDB tables.</summary>
internal sealed class TablesListing(DynamoDbTables tables) : ISeederListing
{
    private const string Name = "name";

    public string Verb => "ddb list-tables";

    public SeederServer Server => SeederServer.DynamoDb;

    public IReadOnlyList<string> Columns => [Name];

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var table in tables.ListAsync(cancellationToken))
        {
            yield return new() { [Name] = table };
        }
    }
}
