using Cruddur.Data.Postgres;

namespace Cruddur.Seeder.Steps;

/// <summary>Creates the Postgres tables.</summary>
internal sealed class SqlSchemaStep(CruddurDatabase database) : ISeederStep
{
    public string Verb => "db schema-load";

    public SeederServer Server => SeederServer.Postgres;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var created = await database.LoadSchemaAsync(cancellationToken);
        return new(created > 0 ? $"created {created} tables" : "all tables exist", new StepCount("tables.created", created));
    }
}
