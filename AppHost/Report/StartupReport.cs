using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cruddur.AppHost.Report;

/// <summary>
/// Prints how the start goes: a line for each resource when it is ready, for each installer when it starts and ends, for a resource
/// that takes long, and one when everything is ready; the end of the log of a resource that fails. The report runs until the AppHost
/// stops, so it also shows later failures and recoveries.
/// </summary>
/// <param name="notifications">Tells how the resources change.</param>
/// <param name="logs">The console logs of the resources.</param>
/// <param name="model">All resources.</param>
internal sealed class StartupReport(
    ResourceNotificationService notifications, ResourceLoggerService logs, DistributedApplicationModel model)
{
    /// <summary>The longest time without a line while something is still starting.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4.5);

    private static readonly DateTime Start = Process.GetCurrentProcess().StartTime;

    private readonly Lock _lock = new();
    private readonly ReportedResource[] _resources = ReportedResource.From(model);
    private DateTime _lastLine = DateTime.Now;
    private bool _isReady;

    private static string Elapsed => string.Create(CultureInfo.InvariantCulture, $"{(DateTime.Now - Start).TotalSeconds:0.0} s");

    /// <summary>Prints until the AppHost stops.</summary>
    /// <param name="stoppingToken">Cancelled when the AppHost stops.</param>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(FollowAsync(stoppingToken), PrintProgressAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The AppHost stops.
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (_resources.FirstOrDefault(each => each.Resource == change.Resource) is { } resource && resource.Update(change))
            {
                await ReportAsync(resource);
            }
        }
    }

    private async Task ReportAsync(ReportedResource resource)
    {
        switch (resource.Phase)
        {
            case ReportedPhase.Installing:
                Print(resource, "npm installs packages");
                break;

            case ReportedPhase.Ready:
                Print(resource, resource.IsInstaller ? "packages are installed" : resource.Address);
                PrintWhenAllAreReady();
                break;

            case ReportedPhase.Stopped:
                Print($"{resource.Name} was stopped.");
                break;

            case ReportedPhase.Failed when FailedDependency(resource) is { } dependency:
                Print($"{resource.Name} is not started, because {dependency.Name} failed.");
                break;

            case ReportedPhase.Failed:
                await PrintFailureAsync(resource);
                break;
        }
    }

    private void PrintWhenAllAreReady()
    {
        if (!_isReady && _resources.All(resource => resource.Phase is ReportedPhase.Ready || resource.IsInstaller))
        {
            _isReady = true;
            Print($"ready in {Elapsed}");
        }
    }

    /// <summary>The failed resource that this one waits for.</summary>
    private ReportedResource? FailedDependency(ReportedResource resource)
    {
        var dependencies = resource.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).ToHashSet();
        return _resources.FirstOrDefault(other => other.Phase is ReportedPhase.Failed && dependencies.Contains(other.Resource));
    }

    private async Task PrintFailureAsync(ReportedResource resource)
    {
        var advice = $"Fix the cause, then press Start on {resource.Name} in the dashboard, "
            + "and what waits for it follows; or start the AppHost again.";
        if (resource.Resource.Annotations.OfType<StartFailureAnnotation>().LastOrDefault() is { } failure)
        {
            PrintError($"{resource.Name} did not start: {failure.Message}{(failure.Message.EndsWith('.') ? "" : ".")}", advice);
            return;
        }

        var name = resource.IsInstaller ? $"{resource.Name} (npm)" : resource.Name;
        var reason = resource.ExitCode switch
        {
            null => "did not start",

            // The orchestrator's way to say that it knows no exit code, as of a process that was killed.
            < 0 => "ended unexpectedly",
            var code => $"ended with exit code {code}",
        };
        var lines = await logs.ReadEndAsync(resource.Resource);
        PrintError([$"{name} {reason}. The end of its log:", .. lines.Select(line => $"  {line}"), advice]);
    }

    private async Task PrintProgressAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!_isReady && await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (DateTime.Now - _lastLine < Silence)
            {
                continue;
            }

            var busy = _resources.Where(resource => resource.IsBusy)
                .ToLookup(resource => resource.IsInstaller, resource => resource.Describe());
            string[] parts = [Progress("installing", busy[true]), Progress("starting", busy[false])];
            if (busy.Count > 0)
            {
                Print($"  after {Elapsed} still {string.Join(", ", parts.Where(part => part.Length > 0))}");
            }
        }
    }

    private static string Progress(string activity, IEnumerable<string> names) =>
        names.Any() ? $"{activity} {string.Join(" and ", names)}" : "";

    private void Print(ReportedResource resource, string? text)
    {
        var width = _resources.Max(each => each.Name.Length);
        Print($"  {resource.Name.PadRight(width)}  {Elapsed,6}  {text}");
    }

    private void Print(string line)
    {
        lock (_lock)
        {
            _lastLine = DateTime.Now;
            Console.WriteLine(line);
        }
    }

    private void PrintError(params IEnumerable<string> lines)
    {
        lock (_lock)
        {
            _lastLine = DateTime.Now;
            foreach (var line in lines)
            {
                Console.Error.WriteLine(line);
            }
        }
    }
}

/// <summary>Adds the report to the AppHost.</summary>
public static class StartupReportExtensions
{
    /// <summary>Prints on the console how the start goes.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static void AddStartupReport(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        builder.Eventing.Subscribe<BeforeStartEvent>((@event, cancellationToken) =>
        {
            // Not a hosted service: those start only when all resources have been started.
            var report = ActivatorUtilities.CreateInstance<StartupReport>(@event.Services);
            _ = report.RunAsync(@event.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            return Task.CompletedTask;
        });
    }
}
