using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services) =>
        (_notifications, _loggers, _services) = (notifications, loggers, services);

    /// <summary>Runs a command with default arguments on one instance: its id, or the resource's name where there is only one.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resourceId, commandName, new([]), cancellationToken);

    /// <summary>Runs a command on one instance. The result of invalid arguments is a failure, and the command does not run.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resourceId, commandName, arguments, dialogs: null, cancellationToken);

    /// <summary>Runs a command with default arguments on all instances at the same time.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource, commandName, new([]), cancellationToken);

    /// <summary>Runs a command on all instances at the same time. The result is the first that is not a success.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var results = await Task.WhenAll(resource.InstanceIds()
            .Select(id => ExecuteAsync(resource, id, commandName, arguments, dialogs: null, cancellationToken)));
        return results.FirstOrDefault(r => !r.Success) ?? results[0];
    }

    /// <summary>Runs a command, and asks for its arguments when there are dialogs and no arguments.</summary>
    internal async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId,
        string commandName,
        InteractionInputCollection arguments,
        CommandDialogs? dialogs,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return _notifications.TryGetCurrentState(resourceId, out var current)
            ? await ExecuteAsync(current.Resource, current.ResourceId, commandName, arguments, dialogs, cancellationToken)
            : CommandResults.Failure($"Resource '{resourceId}' not found.");
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource,
        string resourceId,
        string commandName,
        InteractionInputCollection given,
        CommandDialogs? dialogs,
        CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(resourceId);
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().SingleOrDefault(c => c.Name == commandName) is not { } command)
        {
            logger.LogInformation("Command '{CommandName}' not available.", commandName);
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");
        }

        logger.LogInformation("Executing command '{CommandName}'.", commandName);
        try
        {
            var arguments = command.Complete(given);
            if (dialogs is not null && given.Count == 0 && arguments.Count > 0)
            {
                if (await dialogs.AskAsync(command, arguments, cancellationToken) is not { } answer)
                {
                    return CommandResults.Canceled();
                }

                arguments = answer;
            }

            if (!await command.ValidateAsync(arguments, _services, cancellationToken))
            {
                return new() { Success = false, Message = "Command argument validation failed.", HasInvalidArguments = true };
            }

            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                Services = _services,
                CancellationToken = cancellationToken,
                Logger = logger,
                Arguments = arguments,
            });
            if (result.Success)
            {
                logger.LogInformation("Successfully executed command '{CommandName}'.", commandName);
            }
            else if (!result.Canceled)
            {
                logger.LogInformation("Command '{CommandName}' failed. Error message: {ErrorMessage}", commandName, result.Message);
            }

            return result;
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Error executing command '{CommandName}'.", commandName);
            return CommandResults.Failure(exception.Message);
        }
    }
}
