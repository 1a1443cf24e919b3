using Cruddur.Data.DynamoDb;

namespace Cruddur.Seeder.Steps;

/// <summary>Creates the DynamoDB table.</summary>
internal sealed class DynamoDbSchemaStep(MessagesTableSchema schema) : ISeederStep
{
    public string Verb => "ddb schema-load";

    public SeederServer Server => SeederServer.DynamoDb;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var isCreated = await schema.LoadAsync(cancellationToken);
        return new(
            isCreated ? $"created table {MessagesTable.Name}" : $"table {MessagesTable.Name} exists",
            new StepCount("tables.created", isCreated ? 1 : 0));
    }
}
