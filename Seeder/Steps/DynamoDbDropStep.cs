using Cruddur.Data.DynamoDb;

namespace Cruddur.Seeder.Steps;

/// <summary>Drops a DynamoDB table.</summary>
internal sealed class DynamoDbDropStep(DynamoDbTables tables, string table) : ISeederStep
{
    public string Verb => "ddb drop";

    public SeederServer Server => SeederServer.DynamoDb;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var isDropped = await tables.DropAsync(table, cancellationToken);
        return new(isDropped ? $"dropped table {table}" : $"there is no table {table}", new StepCount("tables.dropped", isDropped ? 1 : 0));
    }
}
