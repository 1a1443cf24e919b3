namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that the dashboard offers for a resource.</summary>
internal sealed class ResourceCommandAnnotation(
    string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions options)
    : IResourceAnnotation
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public CommandOptions Options { get; } = options;

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    public ResourceCommandSnapshot ToSnapshot(UpdateCommandStateContext context) => new(
        Name,
        Options.UpdateState?.Invoke(context) ?? ResourceCommandState.Enabled,
        DisplayName,
        Options.Description,
        Options.ConfirmationMessage,
        Options.IconName,
        Options.IconVariant,
        Options.IsHighlighted)
    {
        Arguments = Options.Arguments,
    };
}

/// <summary>The optional parts of a command.</summary>
public class CommandOptions
{
    public string? Description { get; set; }

    /// <summary>The arguments that the command accepts. The dashboard asks for them in a dialog.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; set; } = [];

    /// <summary>Checks the arguments together, after each has been checked by its type.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; set; }

    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    public bool IsHighlighted { get; set; }

    /// <summary>Whether the command can be run. It is called whenever the resource's snapshot changes.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>The arguments of a command that is run.</summary>
public sealed class ExecuteCommandContext
{
    public required IServiceProvider Services { get; init; }

    /// <summary>The id of the instance that the command runs on: the resource's name and its random suffix.</summary>
    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The valid arguments of this run.</summary>
    public InteractionInputCollection Arguments { get; init; } = new([]);
}

/// <summary>The arguments of <see cref="CommandOptions.UpdateState"/>.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider Services { get; init; }
}

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? Message { get; init; }

    /// <summary>Output that the dashboard can show.</summary>
    public CommandResultData? Data { get; init; }

    internal bool HasInvalidArguments { get; init; }
}

/// <summary>Output of a command.</summary>
public sealed class CommandResultData
{
    public required string Value { get; init; }

    public CommandResultFormat Format { get; init; }

    public bool DisplayImmediately { get; init; }
}

/// <summary>How the dashboard shows a command's output.</summary>
public enum CommandResultFormat
{
    Text,
    Json,
    Markdown,
}

/// <summary>Creates <see cref="ExecuteCommandResult"/>s.</summary>
public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };

    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    public static ExecuteCommandResult Success(
        string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) =>
        Success(message, result, resultFormat, displayImmediately: false);

    public static ExecuteCommandResult Success(
        string message, string result, CommandResultFormat resultFormat, bool displayImmediately) => new()
    {
        Success = true,
        Message = message,
        Data = new CommandResultData { Value = result, Format = resultFormat, DisplayImmediately = displayImmediately },
    };

    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    public static ExecuteCommandResult Failure(
        string errorMessage, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) => new()
    {
        Success = false,
        Message = errorMessage,
        Data = new CommandResultData { Value = result, Format = resultFormat },
    };

    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

/// <summary>Whether an icon is drawn in outline or filled.</summary>
public enum IconVariant
{
    Regular,
    Filled,
}

/// <summary>Whether a command can be run, is disabled, or is not shown.</summary>
public enum ResourceCommandState
{
    Enabled,
    Disabled,
    Hidden,
}
