using Cruddur.AppHost.Snapshots;

namespace Cruddur.DistributedAppTests;

/// <summary>Runs the commands that save and restore snapshots.</summary>
internal static class Snapshots
{
    /// <summary>Runs a command on a snapshot, which has to succeed.</summary>
    /// <param name="cruddur">The running system.</param>
    /// <param name="command">One of <see cref="SnapshotCommandNames"/>.</param>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    public static async Task SnapshotAsync(this RunningCruddur cruddur, string command, string name, CancellationToken cancellationToken)
    {
        var result = await cruddur.ExecuteOnSeederAsync(command, cancellationToken, (SnapshotCommandNames.NameArgument, name));
        Assert.True(result.Success, result.Message);
    }

    /// <summary>Runs a command of the seeder.</summary>
    public static Task<ExecuteCommandResult> ExecuteOnSeederAsync(
        this RunningCruddur cruddur, string command, CancellationToken cancellationToken, params (string Name, string Value)[] arguments) =>
        cruddur.App.ResourceCommands.ExecuteCommandAsync(
            CruddurResources.Seeder,
            command,
            new InteractionInputCollection([.. arguments.Select(argument =>
                new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]),
            cancellationToken);
}
