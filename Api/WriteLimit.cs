using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Cruddur.Api;

/// <summary>
/// Limits how often one user writes at one replica: a token bucket, large enough for anything that people or their
/// programs do at once, and refilled faster than anybody types.
/// </summary>
internal static class WriteLimit
{
    /// <summary>Name of the policy. Reading is not limited by it.</summary>
    public const string Policy = "writes";

    private const string BurstSetting = "WriteLimit:Burst";
    private const string PerSecondSetting = "WriteLimit:PerSecond";
    private const int DefaultBurst = 1200;
    private const int DefaultPerSecond = 20;

    /// <summary>Adds the policy. Who is over the limit gets 429 <c>too_many_requests</c> with <c>Retry-After</c>.</summary>
    public static WebApplicationBuilder AddWriteLimit(this WebApplicationBuilder builder)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = builder.Configuration.GetValue(BurstSetting, DefaultBurst),
            TokensPerPeriod = builder.Configuration.GetValue(PerSecondSetting, DefaultPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        };
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, context => IsWrite(context.Request) && context.User.FindFirstValue(TokenClaims.Subject) is { } subject
                ? RateLimitPartition.GetTokenBucketLimiter(subject, _ => bucket)
                : RateLimitPartition.GetNoLimiter(""));
            limiter.OnRejected = static async (rejected, _) =>
            {
                var delay = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await rejected.HttpContext.WriteProblemAsync(StatusCodes.Status429TooManyRequests);
            };
        });
        return builder;
    }

    private static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
}
