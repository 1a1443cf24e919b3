using System.CommandLine;
using System.Text.Json.Nodes;
using Cruddur.AppHost;
using Cruddur.AppHost.Snapshots;
using Cruddur.Seeder.Session;

namespace Cruddur.Seeder.Commands;

/// <summary>The verbs of snapshots. The AppHost does the work, because it stops and starts the servers.</summary>
internal static class StateVerbs
{
    private static readonly Argument<string> Name = new("name")
    {
        Description = "The snapshot's name: letters, digits, dots and dashes.",
    };

    /// <summary>The group <c>state</c>.</summary>
    public static Command Create() => new("state", "Snapshots of Postgres, DynamoDB and the user pool of the running system")
    {
        new Verb("save", "Saves the data of all servers. They stop for a few seconds.", "demo") { Name, VerbOptions.Yes }
            .RunsInAppHost(
                CruddurResources.Seeder,
                SnapshotCommandNames.Save,
                parsed => Arguments(parsed, overwrite: true),
                ConfirmSaveAsync),
        new Verb("list", "Lists the snapshots, newest first.")
            .RunsInAppHost(CruddurResources.Seeder, SnapshotCommandNames.List, _ => []),
        new Verb("restore", "Replaces the data of all servers. They stop for a few seconds.", "demo") { Name, VerbOptions.Yes }
            .RunsInAppHost(
                CruddurResources.Seeder,
                SnapshotCommandNames.Restore,
                parsed => Arguments(parsed),
                (parsed, _) => ConfirmAsync(parsed, $"Replace all data with the snapshot {parsed.GetValue(Name)}?")),
        new Verb("delete", "Deletes a snapshot.", "demo") { Name, VerbOptions.Yes }
            .RunsInAppHost(
                CruddurResources.Seeder,
                SnapshotCommandNames.Delete,
                parsed => Arguments(parsed),
                (parsed, _) => ConfirmAsync(parsed, $"Delete the snapshot {parsed.GetValue(Name)}?")),
    };

    private static Dictionary<string, string?> Arguments(ParseResult parsed, bool overwrite = false)
    {
        var arguments = new Dictionary<string, string?> { [SnapshotCommandNames.NameArgument] = parsed.GetValue(Name) };
        if (overwrite)
        {
            arguments[SnapshotCommandNames.OverwriteArgument] = bool.TrueString;
        }

        return arguments;
    }

    private static Task<bool> ConfirmAsync(ParseResult parsed, string question) =>
        Task.FromResult(parsed.GetValue(VerbOptions.Yes) || Confirmation.Ask(question));

    /// <summary>Only a save that replaces a snapshot needs a confirmation.</summary>
    private static async Task<bool> ConfirmSaveAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var answer = await RunningAppHost.GetRequired().ExecuteCommandAsync(
            CruddurResources.Seeder, SnapshotCommandNames.List, new Dictionary<string, string?>(), json: true, cancellationToken);
        var name = parsed.GetValue(Name);
        return answer.Result is not { } rows
            || JsonNode.Parse(rows)!.AsArray().All(row => (string?)row![SnapshotCommandNames.NameArgument] != name)
            || await ConfirmAsync(parsed, $"Replace the snapshot {name}?");
    }
}
