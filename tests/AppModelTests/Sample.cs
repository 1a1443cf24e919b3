using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppModelTests;

/// <summary>Applications of small real processes.</summary>
internal static class Sample
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "Samples");

    /// <summary>The time limit of a wait, on a busy machine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static IDistributedApplicationTestingBuilder NewBuilder(params string[] args) =>
        DistributedApplicationTestingBuilder.Create(args);

    /// <summary>A process that serves HTTP on an endpoint named http.</summary>
    public static IResourceBuilder<ExecutableResource> AddServer(
        this IDistributedApplicationBuilder builder, string name, params object[] args) =>
        builder.AddExecutable(name, "node", Directory, ["serve.mjs", .. args]).WithHttpEndpoint(env: "PORT");

    /// <summary>A process that runs a line of JavaScript.</summary>
    public static IResourceBuilder<ExecutableResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "node", Directory, "-e", script);

    /// <summary>Adds a health check that a test turns on and off.</summary>
    public static HealthSwitch AddHealthSwitch(this IDistributedApplicationBuilder builder, string key)
    {
        var healthSwitch = new HealthSwitch();
        builder.Services.AddHealthChecks()
            .AddCheck(key, () => healthSwitch.IsOn ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("off"));
        return healthSwitch;
    }

    public static async Task<DistributedApplication> StartAsync(
        this IDistributedApplicationTestingBuilder builder, CancellationToken cancellationToken)
    {
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return app;
    }

    /// <summary>Requests the arguments and the environment of a server.</summary>
    public static async Task<Probe> ProbeAsync(this DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        using var client = app.CreateHttpClient(resource, "http");
        client.DefaultRequestHeaders.ConnectionClose = true;
        while (true)
        {
            try
            {
                return (await client.GetFromJsonAsync<Probe>("/", JsonSerializerOptions.Web, cancellationToken))!;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    public static Task<CustomResourceSnapshot> WaitForStateAsync(
        this DistributedApplication app, string resource, string state, CancellationToken cancellationToken) =>
        app.WaitForAsync(resource, s => s.State?.Text == state, cancellationToken);

    /// <summary>Waits for a snapshot.</summary>
    public static async Task<CustomResourceSnapshot> WaitForAsync(
        this DistributedApplication app,
        string resource,
        Func<CustomResourceSnapshot, bool> predicate,
        CancellationToken cancellationToken) =>
        (await app.ResourceNotifications.WaitForResourceAsync(resource, e => predicate(e.Snapshot), cancellationToken)).Snapshot;

    /// <summary>Waits until all health checks have run again.</summary>
    public static Task<CustomResourceSnapshot> WaitForNextCheckAsync(
        this DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        var now = DateTime.UtcNow;
        return app.WaitForAsync(resource, s => s.HealthReports.All(r => r.LastRunAt > now), cancellationToken);
    }

    /// <summary>Runs a command, which must succeed.</summary>
    public static async Task RunCommandAsync(
        this DistributedApplication app, string resource, string command, CancellationToken cancellationToken)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(resource, command, cancellationToken);
        Assert.True(result.Success, result.Message);
    }

    /// <summary>Waits for the end of a process.</summary>
    public static Task<CustomResourceSnapshot> WaitForEndAsync(
        this DistributedApplication app, string resource, CancellationToken cancellationToken) =>
        app.WaitForAsync(resource, s => KnownResourceStates.TerminalStates.Contains(s.State?.Text), cancellationToken);

    /// <summary>The log of a resource without time stamps.</summary>
    public static async Task<IReadOnlyList<(string Text, bool IsError)>> LinesAsync(
        this DistributedApplication app, string resource, CancellationToken cancellationToken)
    {
        var lines = new List<(string, bool)>();
        var model = app.Services.GetRequiredService<DistributedApplicationModel>();
        var logs = app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(model.Resources.Single(r => r.Name == resource));
        await foreach (var batch in logs.WithCancellation(cancellationToken))
        {
            lines.AddRange(batch.Select(l => (l.Content[(l.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..], l.IsErrorMessage)));
        }

        return lines;
    }
}

/// <summary>The process id, arguments and environment of a server.</summary>
internal sealed record Probe(int Pid, string[] Args, Dictionary<string, string> Env);

/// <summary>Whether a health check succeeds.</summary>
internal sealed class HealthSwitch
{
    private volatile bool _isOn;

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }
}

/// <summary>The timeout of a wait. It ends before that of the test runner, with the message of the wait.</summary>
internal static class Limit
{
    public static CancellationToken Token
    {
        get
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(Sample.Timeout);
            return source.Token;
        }
    }
}
