namespace Aspire.Hosting.Orchestrator;

/// <summary>Writes the logs of resources to the AppHost's own log, in the category <c>AppHost.Resources.api</c> and so on.</summary>
internal sealed class ResourceLogForwarder(
    DistributedApplicationModel model, ResourceLoggerService loggers, IHostEnvironment environment, ILoggerFactory loggerFactory)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        loggers.LineWritten += Forward;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        loggers.LineWritten -= Forward;
        return Task.CompletedTask;
    }

    private void Forward(string resourceId, LogLine line)
    {
        var resource = model.Resources.FirstOrDefault(r => r.InstanceIds().Contains(resourceId));
        var logger = loggerFactory.CreateLogger($"{environment.ApplicationName}.Resources.{resource?.Name ?? resourceId}");
        var level = line.IsErrorMessage ? LogLevel.Error : LogLevel.Information;
        logger.Log(level, "{LineNumber}: {LineContent}", line.LineNumber, line.Content);
    }
}
