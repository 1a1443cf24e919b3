namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds environment variables when a process is about to start.</summary>
internal sealed record EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> Callback) : IResourceAnnotation;

/// <summary>The arguments of an environment callback. Values are strings or <see cref="IValueProvider"/>s.</summary>
public class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext()
    {
    }

    public Dictionary<string, object> EnvironmentVariables { get; } = [];
}

/// <summary>Adds command-line arguments when a process is about to start.</summary>
internal sealed record CommandLineArgsCallbackAnnotation(Action<CommandLineArgsCallbackContext> Callback) : IResourceAnnotation;

/// <summary>The arguments of an argument callback. Items are strings or <see cref="IValueProvider"/>s.</summary>
public sealed class CommandLineArgsCallbackContext
{
    internal CommandLineArgsCallbackContext()
    {
    }

    public IList<object> Args { get; } = [];
}

/// <summary>Changes the URLs that the dashboard shows for a resource, once its endpoints have addresses.</summary>
internal sealed record ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> Callback) : IResourceAnnotation;

/// <summary>The arguments of a URL callback.</summary>
public class ResourceUrlsCallbackContext
{
    internal ResourceUrlsCallbackContext()
    {
    }

    public required IResource Resource { get; init; }

    public required List<ResourceUrlAnnotation> Urls { get; init; }

    public required ILogger Logger { get; init; }
}

/// <summary>A URL that the dashboard shows for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }

    public UrlDisplayLocation DisplayLocation { get; set; }
}

/// <summary>Whether the dashboard shows a URL in its lists and details, or in the details only.</summary>
public enum UrlDisplayLocation
{
    SummaryAndDetails,
    DetailsOnly,
}
