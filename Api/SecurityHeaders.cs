using Cruddur.Api.OpenApi;

namespace Cruddur.Api;

/// <summary>Headers that restrict what browsers do with responses.</summary>
internal static class SecurityHeaders
{
    private const string ApiPath = "/api";

    /// <summary>Adds the headers to every response. No cache may store a response of the API: conversations are private.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var (headers, path) = ((IHeaderDictionary, PathString))state;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.XFrameOptions = "DENY";
                if (path.StartsWithSegments(ApiPath))
                {
                    headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
                    headers.CacheControl = "no-store";
                }
                else if (path.StartsWithSegments(ApiReference.Path))
                {
                    headers.ContentSecurityPolicy = ApiReference.ContentSecurityPolicy;
                }

                return Task.CompletedTask;
            }, (context.Response.Headers, context.Request.Path));
            return next(context);
        });
}
