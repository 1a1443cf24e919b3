using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Writes the logs of resources to the AppHost's own log, under <c>&lt;AppHost&gt;.Resources.&lt;resource&gt;</c>; tests turn it on.</summary>
internal sealed class ResourceLogForwarder(DistributedApplicationModel model, ResourceLoggerService loggers, IHostEnvironment environment, ILoggerFactory loggerFactory) : IHostedService
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
        logger.Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{LineNumber}: {LineContent}", line.LineNumber, line.Content);
    }
}
