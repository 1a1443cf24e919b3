using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Runs a command on one instance, named by its id or, where there is only one, by the resource's name.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        _notifications.TryGetCurrentState(resourceId, out var current)
            ? await ExecuteAsync(current.Resource, current.ResourceId, commandName, cancellationToken)
            : CommandResults.Failure($"Resource '{resourceId}' not found.");

    /// <summary>Runs a command on all instances at once.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var ids = resource.InstanceIds();
        var results = await Task.WhenAll(ids.Select(id => ExecuteAsync(resource, id, commandName, cancellationToken)));
        if (results.Length == 1)
        {
            return results[0];
        }

        var failures = results.Zip(ids).Where(r => !r.First.Success && !r.First.Canceled)
            .Select(r => $"Resource '{r.Second}' failed with error message: {r.First.Message}").ToArray();
        return failures.Length > 0
            ? CommandResults.Failure($"{failures.Length} command executions failed.{Environment.NewLine}{string.Join(Environment.NewLine, failures)}")
            : results.Any(r => r.Canceled) ? CommandResults.Canceled()
            : new ExecuteCommandResult { Success = true, Data = results.FirstOrDefault(r => r.Data is not null)?.Data };
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string resourceId, string commandName, CancellationToken cancellationToken)
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
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                Services = _services,
                CancellationToken = cancellationToken,
                Logger = logger,
            });
            if (result.Success)
            {
                logger.LogInformation("Successfully executed command '{CommandName}'.", commandName);
            }
            else if (!result.Canceled)
            {
                logger.LogInformation("Failure executed command '{CommandName}'. Error message: {ErrorMessage}", commandName, result.Message);
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
            return CommandResults.Failure(exception);
        }
    }
}
