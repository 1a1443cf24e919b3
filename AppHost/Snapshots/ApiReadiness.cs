using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Snapshots;

/// <summary>
/// The API remembers users until Postgres notifies it of a change. After a restore it forgets them when it listens to Postgres again,
/// which it reports as healthy.
/// </summary>
/// <param name="model">All resources.</param>
/// <param name="notifications">The state of the API.</param>
/// <param name="client">Asks the API.</param>
internal sealed class ApiReadiness(DistributedApplicationModel model, ResourceNotificationService notifications, HttpClient client)
{
    private const string Healthy = "Healthy";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Waits until the API is healthy. An API that does not run is ignored, and one that is not healthy in 10 seconds is only logged.
    /// </summary>
    /// <param name="log">Gets a line when the API does not become healthy.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(ILogger log, CancellationToken cancellationToken)
    {
        var api = model.Resources.OfType<ProjectResource>().Single(project => project.Name == CruddurResources.Api);
        var current = await notifications.WaitForResourceAsync(api.Name, _ => true, cancellationToken);
        if (current.Snapshot.State?.Text != KnownResourceStates.Running)
        {
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Timeout);
        var address = new Uri(new Uri(api.GetEndpoint("http").Url), "/health");
        try
        {
            while (await AskAsync(address, timer.Token) != Healthy)
            {
                await Task.Delay(PollInterval, timer.Token);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("The API is not healthy after {Seconds} s, and may show earlier data.", Timeout.TotalSeconds);
        }
    }

    private async Task<string> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException error)
        {
            return error.Message;
        }
    }
}
