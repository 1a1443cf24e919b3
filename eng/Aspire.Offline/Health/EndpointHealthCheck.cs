using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Healthy while a GET answers with a status code.</summary>
internal sealed class EndpointHealthCheck(EndpointReference endpoint, string path, int statusCode) : IHealthCheck
{
    /// <summary>
    /// The proxy holds a connection while no process listens, and retries with growing pauses. A new request after a short timeout
    /// reaches a process earlier than a long request does.
    /// </summary>
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(1);

    /// <summary>A process that has answered before, or answers slowly on a busy machine, gets more time.</summary>
    private static readonly TimeSpan LongTimeout = TimeSpan.FromSeconds(6);
    private const int LongTimeoutEvery = 4;

    // A connection for each request, without cookies, redirects or proxy: each check tests the current process.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
    });

    private int _failures;
    private bool _answered;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The endpoint has no address yet.");
        }

        var url = new Uri(new Uri(endpoint.Url), path);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var limit = _answered || ++_failures % LongTimeoutEvery == 0 ? LongTimeout : ShortTimeout;
        _answered = false;
        timeout.CancelAfter(limit);
        try
        {
            using var response = await Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            (_answered, _failures) = (true, 0);
            return response.StatusCode == (HttpStatusCode)statusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{url} answered {(int)response.StatusCode}, not {statusCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{url} did not answer within {limit.TotalSeconds} s.");
        }
        catch (HttpRequestException exception)
        {
            return HealthCheckResult.Unhealthy($"{url} did not answer.", exception);
        }
    }
}
