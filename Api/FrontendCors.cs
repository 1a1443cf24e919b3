using Cruddur.ServiceDefaults;

namespace Cruddur.Api;

/// <summary>Lets the pages of the front end, and no others, call the API from a browser.</summary>
internal static class FrontendCors
{
    /// <summary>How long a browser may remember the result of a preflight request. Chromium accepts no more than two hours.</summary>
    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromHours(2);

    /// <summary>
    /// Adds the policy for the origin in the setting <see cref="SettingNames.FrontendUrl"/>. Without the setting, no other origin may
    /// call the API.
    /// </summary>
    public static WebApplicationBuilder AddFrontendCors(this WebApplicationBuilder builder)
    {
        var origin = builder.Configuration[SettingNames.FrontendUrl]?.TrimEnd('/');
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            if (!string.IsNullOrWhiteSpace(origin))
            {
                policy.WithOrigins(origin)
                    .WithMethods("GET", "POST", "PUT", "DELETE")
                    .WithHeaders(
                        "Authorization",
                        "Content-Type",
                        "Idempotency-Key",
                        "If-None-Match",
                        "Last-Event-ID",
                        "traceparent",
                        "tracestate",
                        "baggage")
                    .WithExposedHeaders("ETag", "Link", "Retry-After")
                    .SetPreflightMaxAge(PreflightLifetime);
            }
        }));
        return builder;
    }
}
