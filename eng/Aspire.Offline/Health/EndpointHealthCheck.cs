using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Healthy while a GET answers with a status code.</summary>
internal sealed class EndpointHealthCheck(EndpointReference endpoint, string path, int statusCode) : IHealthCheck
{
    /// <summary>
    /// The proxy holds connections while nothing listens behind it and then tries with growing pauses:
    /// giving up early and asking again finds a process sooner than a patient request does.
    /// </summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1);

    /// <summary>Now and then an answer may take longer, as the first of a busy machine does; and always once there has been one.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(6);
    private const int LongPatienceEvery = 4;

    // No cookies, no redirects, no proxy, and a connection each: what answers now is what is asked, not what answered before.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero });

    private int _failuresInARow;
    private bool _answered;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The endpoint has no address yet.");
        }

        var url = new Uri(new Uri(endpoint.Url), path);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var patience = _answered || ++_failuresInARow % LongPatienceEvery == 0 ? LongPatience : ShortPatience;
        _answered = false;
        timeout.CancelAfter(patience);
        try
        {
            using var response = await Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            (_answered, _failuresInARow) = (true, 0);
            return response.StatusCode == (HttpStatusCode)statusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{url} answered {(int)response.StatusCode}, not {statusCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{url} did not answer within {patience.TotalSeconds} s.");
        }
        catch (HttpRequestException exception)
        {
            return HealthCheckResult.Unhealthy($"{url} did not answer.", exception);
        }
    }
}
