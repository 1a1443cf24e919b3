using Cruddur.AppHost;
using Cruddur.AppHost.Snapshots;
using Cruddur.Seeder.Session;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Snapshots;

/// <summary>Saves, restores or deletes a snapshot: the AppHost does it, because the servers stop meanwhile.</summary>
/// <param name="verb">The verb on the command line.</param>
/// <param name="command">The command of the AppHost.</param>
/// <param name="name">The name of the snapshot.</param>
/// <param name="overwrite">Whether a save may replace a snapshot.</param>
internal sealed class SnapshotStep(string verb, string command, string name, bool overwrite = false) : ISeederStep
{
    public string Verb => verb;

    public SeederServer Server => SeederServer.AppHost;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, string?> { [SnapshotCommandNames.NameArgument] = name };
        if (overwrite)
        {
            arguments[SnapshotCommandNames.OverwriteArgument] = "true";
        }

        var answer = await RunningAppHost.GetRequired().ExecuteCommandAsync(
            CruddurResources.Seeder, command, arguments, json: false, cancellationToken);
        return answer.Success ? new(answer.Message ?? "") : throw new InvalidOperationException(answer.Message);
    }
}
