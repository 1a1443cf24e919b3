using System.CommandLine;
using Cruddur.AppHost.Snapshots;
using Cruddur.Seeder.Snapshots;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>The verbs of snapshots.</summary>
internal static class StateVerbs
{
    private static readonly Argument<string> Name = new("name")
    {
        Description = "The snapshot's name: letters, digits, dots and dashes.",
    };

    /// <summary>The group <c>state</c>.</summary>
    public static Command Create() => new("state", "Snapshots of Postgres, DynamoDB and the user pool of the running system")
    {
        Save(new("save", "Saves the data of all servers. They stop for a few seconds.", "demo") { Name, VerbOptions.Yes }),
        new Verb("list", "Lists the snapshots, newest first.").Lists<SnapshotsListing>(),
        new Verb("restore", "Replaces the data of all servers with a snapshot. They stop for a few seconds.", "demo") { Name }
            .RunsConfirmed(
                (_, parsed) => $"Replace all data with the snapshot {parsed.GetValue(Name)}?",
                (_, parsed) => [new SnapshotStep("state restore", SnapshotCommandNames.Restore, parsed.GetValue(Name)!)]),
        new Verb("delete", "Deletes a snapshot.", "demo") { Name }.RunsConfirmed(
            (_, parsed) => $"Delete the snapshot {parsed.GetValue(Name)}?",
            (_, parsed) => [new SnapshotStep("state delete", SnapshotCommandNames.Delete, parsed.GetValue(Name)!)]),
    };

    /// <summary>Asks before it replaces a snapshot.</summary>
    private static Verb Save(Verb verb)
    {
        verb.SetAction((parsed, cancellationToken) => SeederHost.RunAsync(
            async services =>
            {
                var name = parsed.GetValue(Name)!;
                var overwrite = parsed.GetValue(VerbOptions.Yes);
                if (!overwrite && await ExistsAsync(name, cancellationToken))
                {
                    overwrite = Confirmation.Ask($"Replace the snapshot {name}?");
                    if (!overwrite)
                    {
                        return ExitCodes.NotConfirmed;
                    }
                }

                return await services.GetRequiredService<StepRunner>().RunAsync(
                    verb.FullName,
                    [new SnapshotStep(verb.FullName, SnapshotCommandNames.Save, name, overwrite)],
                    VerbOptions.Format(parsed),
                    cancellationToken);
            },
            cancellationToken));
        return verb;
    }

    private static async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await new SnapshotsListing().ListAsync(cancellationToken)
            .AnyAsync(row => (string?)row[SnapshotsListing.Name] == name, cancellationToken);
}
