namespace Cruddur.Api;

/// <summary>Headers that keep browsers from doing more with the answers than they are meant for.</summary>
internal static class SecurityHeaders
{
    private const string ApiPath = "/api";

    /// <summary>Adds them to every answer. Conversations are private, and so are not stored in any cache.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var (headers, isApi) = ((IHeaderDictionary, bool))state;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.XFrameOptions = "DENY";
                if (isApi)
                {
                    headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            }, (context.Response.Headers, context.Request.Path.StartsWithSegments(ApiPath)));
            return next(context);
        });
}
