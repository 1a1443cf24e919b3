using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Adds parameters and connection strings.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is <c>Parameters:&lt;name&gt;</c> of configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new ParameterResource(name, value => Configured(builder.Configuration, $"Parameters:{name}", value), secret));
    }

    /// <summary>Adds a parameter with a fixed value.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameter(name, () => value, publishValueAsDefault, secret);
    }

    /// <summary>Adds a parameter whose value is computed when it is first used.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);
        return publishValueAsDefault && secret
            ? throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret))
            : builder.Add(new ParameterResource(name, _ => valueGetter(), secret));
    }

    /// <summary>Adds a parameter from configuration with a default.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether the dashboard masks it.</param>
    /// <param name="persist">Keeping a generated value in user secrets is not supported.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        return persist
            ? throw new NotSupportedException($"The offline hosting build does not persist the value of parameter '{name}'; set Parameters:{name} in user secrets.")
            : builder.Add(new ParameterResource(name, d => Configured(builder.Configuration, $"Parameters:{name}", d), secret) { Default = value });
    }

    /// <summary>Adds a parameter whose value is under another key of configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configurationKey);
        return builder.Add(new ParameterResource(name, value => Configured(builder.Configuration, configurationKey, value), secret));
    }

    /// <summary>Adds a connection string from configuration.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new ConnectionStringParameterResource(
            name,
            _ => builder.Configuration.GetConnectionString(name)
                ?? throw new MissingParameterValueException($"Connection string parameter resource could not be used because connection string '{name}' is missing."),
            environmentVariableName));
    }

    private static string Configured(IConfiguration configuration, string key, ParameterDefault? value) =>
        // An environment variable cannot carry the hyphens that a resource's name can.
        configuration[key] ?? configuration[key.Replace('-', '_')] ?? value?.GetDefaultValue()
        ?? throw new MissingParameterValueException($"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter has no default value.");

    private static IResourceBuilder<T> Add<T>(this IDistributedApplicationBuilder builder, T resource)
        where T : ParameterResource => builder.AddResource(resource).WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = KnownResourceTypes.Parameter,
            State = KnownResourceStates.Waiting,
            Properties = [new(CustomResourceKnownProperties.Source, resource.ConfigurationKey)],
        });
}

/// <summary>Adds connection strings that are put together from other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    /// <summary>Adds a connection string that is available once the resources that it is made of have started.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression))
            .WithReferenceRelationship(connectionStringExpression)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = KnownResourceTypes.ConnectionString, State = KnownResourceStates.NotStarted, Properties = [] });
        var sources = connectionStringExpression.ValueProviders
            .SelectMany(p => p is IResource r ? [r] : p is IValueWithReferences v ? v.References.OfType<IResource>() : [])
            .Where(r => r is not IResourceWithoutLifetime).Distinct();
        foreach (var source in sources)
        {
            resource.WaitForStart(builder.CreateResourceBuilder(source));
        }

        return resource.OnInitializeResource(async (self, e, ct) =>
        {
            try
            {
                await e.Eventing.PublishAsync(new BeforeResourceStartedEvent(self, e.Services), ct);
                await e.Notifications.PublishUpdateAsync(self, s => s with { State = KnownResourceStates.Running });
                await e.Eventing.PublishAsync(new ConnectionStringAvailableEvent(self, e.Services), ct);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                e.Logger.LogError(exception, "Failed to resolve connection string for resource '{ResourceName}'", self.Name);
                await e.Notifications.PublishUpdateAsync(self, s => s with { State = KnownResourceStates.FailedToStart });
            }
        });
    }
}
