using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Shows what parameters have for a value, or that they have none.</summary>
internal sealed class ParameterProcessor(DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            string value;
            ResourceStateSnapshot state;
            try
            {
                value = await parameter.GetValueAsync(cancellationToken) ?? "";
                state = new(KnownResourceStates.Running, null);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                value = exception.Message;
                state = exception is MissingParameterValueException
                    ? new(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn)
                    : new("Error initializing parameter", KnownResourceStateStyles.Error);
                loggers.GetLogger(parameter).LogError("Failed to initialize parameter resource {ResourceName}. {Message}", parameter.Name, exception.Message);
            }

            await notifications.PublishUpdateAsync(parameter, s => (s with { State = state }).WithProperty(new(KnownProperties.ParameterValue, value)
            {
                DisplayName = "Value",
                IsSensitive = parameter.Secret,
                IsHighlighted = true,
                SortOrder = 0,
            }));
        }
    }
}
