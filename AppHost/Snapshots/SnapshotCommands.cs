using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Session;
using Cruddur.AppHost.State;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Snapshots;

/// <summary>The commands that save, list, restore and delete snapshots.</summary>
public static class SnapshotCommands
{
    private const string Unsupported =
        "There are no snapshots of containers, which keep their data in volumes: start the AppHost with embedded servers.";

    /// <summary>
    /// Adds the commands. Containers keep their data in volumes, of which there are no snapshots, and publishing has no state directory.
    /// </summary>
    /// <param name="seeder">The resource that shows the commands.</param>
    /// <param name="backing">Where the servers run.</param>
    /// <param name="state">The state directory, or <see langword="null"/> when publishing.</param>
    public static IResourceBuilder<ProjectResource> WithSnapshotCommands(
        this IResourceBuilder<ProjectResource> seeder, BackingChoice backing, StateDirectory? state)
    {
        if (state is null)
        {
            return seeder;
        }

        if (backing.Mode is BackingMode.Containers)
        {
            return seeder.WithUnsupportedCommands();
        }

        seeder.ApplicationBuilder.Services
            .AddSingleton(state)
            .AddSingleton<SnapshotServers>()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<ApiReadiness>(services, new HttpClient()))
            .AddSingleton<SnapshotService>();

        return seeder
            .WithCommand(SnapshotCommandNames.List, "List snapshots", context => RunAsync(context, ListAsync), new()
            {
                Description = "Lists the snapshots with their time and size.",
                IconName = "DocumentTable",
            })
            .WithCommand(SnapshotCommandNames.Save, "Save snapshot", context => RunAsync(context, SaveAsync), new()
            {
                Description = "Saves the data of Postgres, DynamoDB and the user pool together. They stop for a few seconds.",
                IconName = "Save",
                UpdateState = EnabledWhenEnded,
                Arguments =
                [
                    Name(),
                    new()
                    {
                        Name = SnapshotCommandNames.OverwriteArgument,
                        Label = "Replace a snapshot of this name",
                        InputType = InputType.Boolean,
                    },
                ],
            })
            .WithCommand(SnapshotCommandNames.Restore, "Restore snapshot", context => RunAsync(context, RestoreAsync), new()
            {
                Description = "Replaces the data of Postgres, DynamoDB and the user pool with a snapshot. They stop for a few seconds.",
                ConfirmationMessage = "Replace all data with the snapshot? What has been written since is lost.",
                IconName = "History",
                UpdateState = EnabledWhenEnded,
                Arguments = [Name()],
            })
            .WithCommand(SnapshotCommandNames.Delete, "Delete snapshot", context => RunAsync(context, DeleteAsync), new()
            {
                Description = "Deletes a snapshot. The data of the servers stays.",
                ConfirmationMessage = "Delete the snapshot?",
                IconName = "Delete",
                Arguments = [Name()],
            });
    }

    /// <summary>Answers the verbs of a terminal. The dashboard does not show the commands.</summary>
    private static IResourceBuilder<ProjectResource> WithUnsupportedCommands(this IResourceBuilder<ProjectResource> seeder)
    {
        foreach (var name in SnapshotCommandNames.All)
        {
            seeder.WithCommand(name, name, _ => Task.FromResult(CommandResults.Failure(Unsupported)), new()
            {
                UpdateState = _ => ResourceCommandState.Hidden,
            });
        }

        return seeder;
    }

    private static InteractionInput Name() => new()
    {
        Name = SnapshotCommandNames.NameArgument,
        Label = "Snapshot",
        Description = $"The name has {Snapshot.NameRule}.",
        InputType = InputType.Text,
        Required = true,
    };

    private static async Task<ExecuteCommandResult> SaveAsync(SnapshotService snapshots, ExecuteCommandContext context)
    {
        var overwrite = bool.TryParse(Argument(context, SnapshotCommandNames.OverwriteArgument), out var isSet) && isSet;
        var snapshot = await snapshots.SaveAsync(NameIn(context), overwrite, context.Logger, context.CancellationToken);
        return CommandResults.Success($"Saved the snapshot {snapshot.Name} ({snapshot.Size}).");
    }

    private static Task<ExecuteCommandResult> ListAsync(SnapshotService snapshots, ExecuteCommandContext context)
    {
        var all = snapshots.List();
        return Task.FromResult(CommandChannel.IsJsonRequested
            ? CommandResults.Success(
                Count(all), Json(all).ToJsonString(), CommandResultFormat.Json, displayImmediately: false)
            : CommandResults.Success(Count(all), Markdown(all), CommandResultFormat.Markdown, displayImmediately: true));
    }

    private static string Count(IReadOnlyList<Snapshot> snapshots) => snapshots.Count switch
    {
        0 => "There are no snapshots.",
        1 => "There is 1 snapshot.",
        var count => $"There are {count} snapshots.",
    };

    private static JsonArray Json(IReadOnlyList<Snapshot> snapshots) => [.. snapshots.Select(snapshot => new JsonObject
    {
        [SnapshotCommandNames.NameArgument] = snapshot.Name,
        ["saved_at"] = snapshot.SavedAt,
        ["bytes"] = snapshot.Bytes,
        ["servers"] = string.Join(", ", snapshot.Servers),
    })];

    private static string Markdown(IReadOnlyList<Snapshot> snapshots)
    {
        if (snapshots.Count == 0)
        {
            return Count(snapshots);
        }

        var table = new StringBuilder("| snapshot | saved (UTC) | size | servers |\n|---|---|--:|---|\n");
        foreach (var snapshot in snapshots)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {snapshot.Name} | {snapshot.SavedAt:u} | {snapshot.Size} | {string.Join(", ", snapshot.Servers)} |");
        }

        return table.ToString();
    }

    private static async Task<ExecuteCommandResult> RestoreAsync(SnapshotService snapshots, ExecuteCommandContext context)
    {
        var snapshot = await snapshots.RestoreAsync(NameIn(context), context.Logger, context.CancellationToken);
        return CommandResults.Success($"Restored the snapshot {snapshot.Name} of {snapshot.SavedAt:u}.");
    }

    private static async Task<ExecuteCommandResult> DeleteAsync(SnapshotService snapshots, ExecuteCommandContext context)
    {
        var snapshot = await snapshots.DeleteAsync(NameIn(context));
        return CommandResults.Success($"Deleted the snapshot {snapshot.Name}.");
    }

    private static string NameIn(ExecuteCommandContext context) => Argument(context, SnapshotCommandNames.NameArgument) ?? "";

    private static string? Argument(ExecuteCommandContext context, string name) =>
        context.Arguments.TryGetByName(name, out var argument) ? argument.Value : null;

    private static async Task<ExecuteCommandResult> RunAsync(
        ExecuteCommandContext context, Func<SnapshotService, ExecuteCommandContext, Task<ExecuteCommandResult>> run)
    {
        try
        {
            return await run(context.Services.GetRequiredService<SnapshotService>(), context);
        }
        catch (SnapshotException error)
        {
            return CommandResults.Failure(error.Message);
        }
    }

    /// <summary>The servers are not stopped while the seeder waits for them or writes to them.</summary>
    private static ResourceCommandState EnabledWhenEnded(UpdateCommandStateContext context) =>
        KnownResourceStates.TerminalStates.Contains(context.ResourceSnapshot.State?.Text)
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled;
}
