using Aspire.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Ties a health check to the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name of the health check in <see cref="IDistributedApplicationBuilder.Services"/>.</param>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>The resource is healthy while a GET request is answered with a status code.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <c>/</c> by default.</param>
    /// <param name="statusCode">The expected status; 200 by default.</param>
    /// <param name="endpointName">The name of the endpoint; <c>http</c> by default.</param>
    /// <exception cref="DistributedApplicationException">The resource has no such HTTP endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = builder.Resource.GetEndpoint(endpointName ?? "http");
        if (!endpoint.Exists || !endpoint.IsHttp)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}' has no HTTP endpoint '{endpoint.EndpointName}' for a health check.");
        }

        var (relative, expected) = (path ?? "/", statusCode ?? 200);
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{relative}_{expected}_check";
        var check = new EndpointHealthCheck(endpoint, relative, expected);
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, check, null, null));
        return builder.WithHealthCheck(key);
    }
}
