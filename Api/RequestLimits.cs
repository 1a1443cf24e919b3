using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Cruddur.Api;

/// <summary>Limits how much one user asks of one replica. The front end stays far below the limits, even in many tabs.</summary>
internal static partial class RequestLimits
{
    /// <summary>Name of the policy for reads and writes.</summary>
    public const string Policy = "requests";

    /// <summary>Name of the policy for searches.</summary>
    public const string SearchPolicy = "searches";

    /// <summary>Name of the policy for event streams: it limits how many are open at the same time.</summary>
    public const string StreamPolicy = "streams";

    private const string Section = "Limits";
    private const int DefaultStreams = 30;

    /// <summary>When to retry after too many open streams, in seconds. A token bucket knows by itself when to retry.</summary>
    private const int StreamRetryAfter = 5;

    private static readonly Bucket Writes = new("Writes", Burst: 1200, PerSecond: 20);
    private static readonly Bucket Reads = new("Reads", Burst: 3000, PerSecond: 100);
    private static readonly Bucket Searches = new("Searches", Burst: 200, PerSecond: 10);

    /// <summary>The default limits, for the OpenAPI document.</summary>
    public static string Description =>
        $"A user may send {Writes}, {Reads} and {Searches}, and have {DefaultStreams} event streams open, at each replica.";

    /// <summary>
    /// Adds the policies. A caller over a limit gets 429 <c>too_many_requests</c> with <c>Retry-After</c>. The settings
    /// <c>Limits:Writes:Burst</c>, <c>Limits:Writes:PerSecond</c>, the same for <c>Reads</c> and <c>Searches</c>, and
    /// <c>Limits:Streams</c> replace the defaults.
    /// </summary>
    public static WebApplicationBuilder AddRequestLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(Section);
        var (writes, reads, searches) = (Writes.With(settings), Reads.With(settings), Searches.With(settings));
        var streams = new ConcurrencyLimiterOptions { PermitLimit = settings.GetValue("Streams", DefaultStreams) };
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, context => (IsWrite(context.Request) ? writes : reads).PartitionOf(context));
            limiter.AddPolicy(SearchPolicy, searches.PartitionOf);
            limiter.AddPolicy(StreamPolicy, context => User(context) is { } user
                ? RateLimitPartition.GetConcurrencyLimiter(user, _ => streams)
                : RateLimitPartition.GetNoLimiter(""));
            limiter.OnRejected = RejectAsync;
        });
        return builder;
    }

    private static string? User(HttpContext context) => context.User.FindFirstValue(TokenClaims.Subject);

    private static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var policy = context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestLimits));
        LogRejected(logger, context.Request.Method, policy, User(context));

        var delay = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? Math.Ceiling(after.TotalSeconds)
            : StreamRetryAfter;
        context.Response.Headers.RetryAfter = delay.ToString(CultureInfo.InvariantCulture);
        await context.WriteProblemAsync(StatusCodes.Status429TooManyRequests);
    }

    [LoggerMessage(LogLevel.Warning, "Refused a {Method} request with 429: limit on {Policy}, Cognito user {Subject}.")]
    private static partial void LogRejected(ILogger logger, string method, string? policy, string? subject);

    /// <summary>A token bucket for each user.</summary>
    /// <param name="Name">Name of its settings.</param>
    /// <param name="Burst">The requests that a user may send at once.</param>
    /// <param name="PerSecond">The requests that are added each second, up to the burst.</param>
    private sealed record Bucket(string Name, int Burst, int PerSecond)
    {
        /// <summary>The bucket with the numbers from the settings, where there are any.</summary>
        public Bucket With(IConfiguration settings) =>
            new(Name, settings.GetValue($"{Name}:{nameof(Burst)}", Burst), settings.GetValue($"{Name}:{nameof(PerSecond)}", PerSecond));

        /// <summary>The bucket of the caller. Callers without a token are refused with 401 and need none.</summary>
        public RateLimitPartition<(string, string)> PartitionOf(HttpContext context) => User(context) is { } user
            ? RateLimitPartition.GetTokenBucketLimiter((Name, user), _ => new()
            {
                TokenLimit = Burst,
                TokensPerPeriod = PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })
            : RateLimitPartition.GetNoLimiter((Name, ""));

        /// <summary>The limit in words.</summary>
        public override string ToString() => $"{PerSecond} {Name.ToLowerInvariant()} a second ({Burst} at once)";
    }
}
