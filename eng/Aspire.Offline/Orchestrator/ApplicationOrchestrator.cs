using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts and stops the application: first dcp, then the endpoints, then the resources.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    ResourceProcesses processes,
    ResourceEvents events,
    ProcessLifecycle lifecycle,
    ProcessReports reports,
    DcpServer dcp,
    EndpointAllocator endpoints,
    ProcessSnapshots snapshots,
    ResourceUrls urls,
    ParameterProcessor parameters,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts dcp, which takes half a second, while the other hosted services start.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = dcp.StartAsync(cancellationToken);
        return Task.CompletedTask;
    }

    /// <summary>Starts all resources. It returns when all have been started or have failed.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var token = either.Token;
        var dcpStarted = dcp.StartAsync(token);
        processes.Add(model.Resources);
        eventing.Subscribe<BeforeResourceStartedEvent>(events.WaitForDependenciesAsync);
        await parameters.InitializeAsync(token);
        foreach (var resource in model.Resources.ToArray())
        {
            await events.InitializeAsync(resource);
        }

        await dcpStarted;
        reports.Start();
        await endpoints.AllocateAsync(token);
        var started = processes.All.GroupBy(p => p.Resource).ToArray();
        foreach (var resource in started.Select(p => p.Key))
        {
            urls.Process(resource);
            await notifications.PublishUpdateAsync(resource, s => s with { Urls = snapshots.Urls(resource, "", s.State?.Text) });
        }

        await Task.WhenAll(started.Select(p => Task.Run(() => lifecycle.StartAsync(p.Key, [.. p], token), token)));
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops the resources, and then the proxies and the dashboard.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await lifecycle.StopAllAsync(cancellationToken);
        await reports.StopAsync(cancellationToken);
        await dcp.StopAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
    }
}
