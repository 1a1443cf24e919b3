namespace Cruddur.DistributedAppTests.Commands;

/// <summary>Runs the commands that the dashboard offers.</summary>
internal static class ResourceCommands
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command.</summary>
    /// <param name="cruddur">The running system.</param>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="command">The name of the command.</param>
    /// <param name="arguments">Its arguments; the others have their defaults.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    public static Task<ExecuteCommandResult> RunCommandAsync(
        this RunningCruddur cruddur,
        string resource,
        string command,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, string Value)> arguments)
    {
        var inputs = arguments.Select(each => new InteractionInput { Name = each.Name, Value = each.Value, InputType = InputType.Text });
        return cruddur.App.ResourceCommands.ExecuteCommandAsync(
            resource, command, new InteractionInputCollection([.. inputs]), cancellationToken);
    }

    /// <summary>Runs a command that has to succeed with a table that the dashboard shows at once.</summary>
    /// <returns>The table in Markdown.</returns>
    public static async Task<string> ReadTableAsync(
        this RunningCruddur cruddur,
        string resource,
        string command,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] arguments)
    {
        var result = await cruddur.RunCommandAsync(resource, command, cancellationToken, arguments);
        Assert.True(result.Success, $"{resource} {command}: {result.Message}");
        Assert.Equal(CommandResultFormat.Markdown, result.Data!.Format);
        Assert.True(result.Data.DisplayImmediately);
        Assert.StartsWith("| ", result.Data.Value, StringComparison.Ordinal);
        return result.Data.Value;
    }

    /// <summary>Runs a command that has to fail with one line that contains a text.</summary>
    public static async Task AssertFailsAsync(
        this RunningCruddur cruddur,
        string reason,
        string resource,
        string command,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] arguments)
    {
        var result = await cruddur.RunCommandAsync(resource, command, cancellationToken, arguments);
        Assert.False(result.Success);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Message!);
    }

    /// <summary>Waits until the dashboard shows a command in a state.</summary>
    public static async Task WaitForCommandAsync(
        this RunningCruddur cruddur, string resource, string command, ResourceCommandState state, CancellationToken cancellationToken) =>
        await cruddur.App.ResourceNotifications.WaitForResourceAsync(
            resource,
            change => change.Snapshot.Commands.Any(each => each.Name == command && each.State == state),
            cancellationToken).WaitAsync(Timeout, cancellationToken);
}
