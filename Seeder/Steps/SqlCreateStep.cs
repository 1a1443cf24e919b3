using Cruddur.Data.Postgres;

namespace Cruddur.Seeder.Steps;

/// <summary>Creates the Postgres database.</summary>
internal sealed class SqlCreateStep(DatabaseServer server) : ISeederStep
{
    public string Verb => "db create";

    public SeederServer Server => SeederServer.Postgres;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var isCreated = await server.CreateAsync(cancellationToken);
        return new(
            isCreated ? $"created database {server.Database}" : $"database {server.Database} exists",
            new StepCount("databases.created", isCreated ? 1 : 0));
    }
}
