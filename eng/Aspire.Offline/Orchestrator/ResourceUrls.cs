namespace Aspire.Hosting.Orchestrator;

/// <summary>Computes the URLs that the dashboard shows for a resource.</summary>
internal sealed class ResourceUrls(ResourceLoggerService loggers)
{
    /// <summary>Passes the URLs of the endpoints and the added URLs through the callbacks. The result replaces the annotations.</summary>
    public void Process(IResource resource)
    {
        var logger = loggers.GetLogger(resource);
        var added = resource.Annotations.OfType<ResourceUrlAnnotation>().ToArray();
        var endpoints = resource is IResourceWithEndpoints withEndpoints ? withEndpoints.GetEndpoints() : [];
        var context = new ResourceUrlsCallbackContext
        {
            Resource = resource,
            Urls = [.. endpoints.Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e }), .. added],
            Logger = logger,
        };
        try
        {
            foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
            {
                callback.Callback(context);
            }
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "An error occurred while processing URLs for resource '{ResourceName}'.", resource.Name);
        }

        Array.ForEach(added, url => resource.Annotations.Remove(url));
        foreach (var url in context.Urls)
        {
            if (url.Url.StartsWith('/') && url.Endpoint is { } endpoint)
            {
                url.Url = endpoint.Url + url.Url;
            }

            resource.Annotations.Add(url);
        }
    }
}
