using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts and stops the application with its host.</summary>
internal sealed class OrchestratorHostService(
    ApplicationOrchestrator orchestrator, DcpServer dcp, DistributedApplicationOptions options, ILoggerFactory loggerFactory)
    : IHostedLifecycleService
{
    private readonly ILogger _logger = loggerFactory.CreateLogger("Aspire.Hosting.DistributedApplication");

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // dcp takes half a second to start. Meanwhile the other services start.
        _ = dcp.StartAsync(cancellationToken);
        _logger.LogInformation("Aspire AppHost version: {Version}, offline hosting build", EngineOptions.Version);
        _logger.LogInformation("Distributed application starting.");
        _logger.LogInformation("Application host directory is: {AppHostDirectory}", options.ProjectDirectory);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => orchestrator.RunAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _logger.LogInformation("Distributed application started. Press Ctrl+C to shut down.");
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => orchestrator.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
