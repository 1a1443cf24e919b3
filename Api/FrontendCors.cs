using Cruddur.ServiceDefaults;

namespace Cruddur.Api;

/// <summary>Lets the front end's pages, and no others, call the API from a browser.</summary>
internal static class FrontendCors
{
    /// <summary>Adds the policy for the origin in the setting <see cref="SettingNames.FrontendUrl"/>; without it no other origin is let in.</summary>
    public static WebApplicationBuilder AddFrontendCors(this WebApplicationBuilder builder)
    {
        var origin = builder.Configuration[SettingNames.FrontendUrl]?.TrimEnd('/');
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            if (!string.IsNullOrWhiteSpace(origin))
            {
                policy.WithOrigins(origin)
                    .WithMethods("GET", "POST", "PUT", "DELETE")
                    .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "traceparent", "tracestate", "baggage")
                    .WithExposedHeaders("Link", "Retry-After")
                    .SetPreflightMaxAge(TimeSpan.FromHours(1));
            }
        }));
        return builder;
    }
}
