using Cruddur.Data.Postgres;

namespace Cruddur.Seeder.Steps;

/// <summary>
/// Waits after a reset until the running APIs have connected to the new database, and so have dropped the users that they had cached.
/// </summary>
/// <param name="server">The database.</param>
/// <param name="drop">Dropped the earlier database, and with it the connections.</param>
/// <param name="clock">Times the wait.</param>
internal sealed class ReconnectionStep(DatabaseServer server, SqlDropStep drop, TimeProvider clock) : ISeederStep
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public string Verb => "reset connections";

    public SeederServer Server => SeederServer.Postgres;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        int connected;
        while ((connected = await server.CountListenersAsync(cancellationToken)) < drop.Listeners && clock.GetElapsedTime(start) < Timeout)
        {
            await Task.Delay(PollInterval, clock, cancellationToken);
        }

        return new(
            connected < drop.Listeners
                ? $"only {connected} of {drop.Listeners} running APIs use the new database so far"
                : $"all running APIs use the new database: {connected}",
            new StepCount("apis.connected", connected));
    }
}
