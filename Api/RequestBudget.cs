using Cruddur.Api.Errors;

namespace Cruddur.Api;

/// <summary>
/// Limits how long a request may take. The calls to the servers behind it share the limit, so a client has its answer within
/// 3 seconds, however many of them are slow.
/// </summary>
internal static class RequestBudget
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// Adds the limit to every route. A request that takes longer gets 503 <c>service_unavailable</c> with <c>Retry-After</c>.
    /// </summary>
    public static IServiceCollection AddRequestBudget(this IServiceCollection services) =>
        services.AddRequestTimeouts(options => options.DefaultPolicy = new()
        {
            Timeout = Timeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => context.WriteUnavailableAsync(),
        });
}
