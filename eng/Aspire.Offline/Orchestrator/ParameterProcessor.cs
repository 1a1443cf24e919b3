namespace Aspire.Hosting.Orchestrator;

/// <summary>Publishes the values of parameters.</summary>
internal sealed class ParameterProcessor(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService loggers)
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
            catch (MissingParameterValueException exception)
            {
                (value, state) = (exception.Message, new(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn));
                loggers.GetLogger(parameter).LogError("{Message}", exception.Message);
            }

            var property = new ResourcePropertySnapshot(KnownProperties.ParameterValue, value)
            {
                DisplayName = "Value",
                IsSensitive = parameter.Secret,
                IsHighlighted = true,
                SortOrder = 0,
            };
            await notifications.PublishUpdateAsync(parameter, s => (s with { State = state }).WithProperty(property));
        }
    }
}
