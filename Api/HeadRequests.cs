using Microsoft.AspNetCore.Routing;

namespace Cruddur.Api;

/// <summary>Serves <c>HEAD</c> requests on <c>GET</c> routes (RFC 9110): the same answer without its body, which Kestrel omits.</summary>
internal static class HeadRequests
{
    /// <summary>Adds <c>HEAD</c> to every route that has <c>GET</c>.</summary>
    public static TBuilder ServeHead<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint =>
        {
            for (var i = 0; i < endpoint.Metadata.Count; i++)
            {
                if (endpoint.Metadata[i] is HttpMethodMetadata methods && methods.HttpMethods.Contains(HttpMethods.Get))
                {
                    endpoint.Metadata[i] = new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight);
                }
            }
        });
        return routes;
    }
}
