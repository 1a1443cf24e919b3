using Cruddur.Data.Postgres;

namespace Cruddur.Seeder.Steps;

/// <summary>Drops the Postgres database.</summary>
internal sealed class SqlDropStep(DatabaseServer server) : ISeederStep
{
    public string Verb => "db drop";

    public SeederServer Server => SeederServer.Postgres;

    /// <summary>How many processes received notifications from the database before it was dropped.</summary>
    public int Listeners { get; private set; }

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        Listeners = await server.CountListenersAsync(cancellationToken);
        var isDropped = await server.DropAsync(cancellationToken);
        return new(
            isDropped ? $"dropped database {server.Database}" : $"there is no database {server.Database}",
            new StepCount("databases.dropped", isDropped ? 1 : 0));
    }
}
