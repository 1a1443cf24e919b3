using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Works out the URLs that the dashboard shows for a resource.</summary>
internal sealed class ResourceUrls(DistributedApplicationExecutionContext executionContext, ResourceLoggerService loggers)
{
    /// <summary>Puts one URL an endpoint and those added by hand through the resource's callbacks, and leaves the outcome on the resource.</summary>
    public async Task ProcessAsync(IResource resource, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        var added = resource.Annotations.OfType<ResourceUrlAnnotation>().ToArray();
        List<ResourceUrlAnnotation> urls = [.. EndpointUrls(resource), .. added];
        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken) { Logger = logger };
        try
        {
            foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
            {
                await callback.Callback(context);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "An error occurred while processing URLs for resource '{ResourceName}': {Message}", resource.Name, exception.Message);
        }

        Array.ForEach(added, url => resource.Annotations.Remove(url));
        foreach (var url in context.Urls)
        {
            if (url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true } endpoint)
            {
                url.Url = endpoint.Url + url.Url;
            }

            resource.Annotations.Add(url);
        }
    }

    private static IEnumerable<ResourceUrlAnnotation> EndpointUrls(IResource resource) => resource is IResourceWithEndpoints withEndpoints
        ? withEndpoints.GetEndpoints().Where(e => e.IsAllocated).Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e })
        : [];
}
