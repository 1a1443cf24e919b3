using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Tests;

/// <summary>What the resources print.</summary>
internal static class ResourceLogs
{
    /// <summary>All lines that a resource has printed so far.</summary>
    /// <param name="app">The running system.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<List<string>> ReadLogAsync(this DistributedApplication app, string name, CancellationToken cancellationToken)
    {
        var resource = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);
        var lines = new List<string>();
        var logs = app.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var batch in logs.GetAllAsync(resource).WithCancellation(cancellationToken))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }
}
