namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is <c>Parameters:&lt;name&gt;</c> of configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.AddParameterFromConfiguration(name, $"Parameters:{name}", secret);

    /// <summary>Adds a parameter whose value is a setting of configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
    {
        return builder.Add(name, configurationKey, secret, () =>
            // The name of an environment variable cannot have hyphens.
            builder.Configuration[configurationKey] ?? builder.Configuration[configurationKey.Replace('-', '_')]
            ?? throw new MissingParameterValueException(
                $"Parameter resource could not be used because configuration key '{configurationKey}' is missing."));
    }

    /// <summary>Adds a parameter with a fixed value.</summary>
    /// <inheritdoc cref="AddParameter(IDistributedApplicationBuilder, string, Func{string}, bool, bool)"/>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter whose value is computed on first use.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="valueGetter">Computes the value.</param>
    /// <param name="publishValueAsDefault">Whether a deployment gets the value. This build has no deployments.</param>
    /// <param name="secret">Whether the dashboard masks the value.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false) =>
        publishValueAsDefault && secret
            ? throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret))
            : builder.Add(name, $"Parameters:{name}", secret, valueGetter);

    private static IResourceBuilder<ParameterResource> Add(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret, Func<string> value) =>
        builder.AddResource(new ParameterResource(name, value, secret)).WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = KnownResourceTypes.Parameter,
            State = KnownResourceStates.Waiting,
            Properties = [new(KnownProperties.Source, configurationKey)],
        });
}
