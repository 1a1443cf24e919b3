using Cruddur.Data.Postgres;

namespace Cruddur.Seeder.Steps;

/// <summary>Adds the first users and activities to Postgres.</summary>
internal sealed class SqlSeedStep(CruddurDatabase database) : ISeederStep
{
    public string Verb => "db seed";

    public SeederServer Server => SeederServer.Postgres;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var added = await database.SeedAsync(cancellationToken);
        return new(
            added > 0 ? $"added {added} users and activities" : "all users and activities exist", new StepCount("rows.added", added));
    }
}
