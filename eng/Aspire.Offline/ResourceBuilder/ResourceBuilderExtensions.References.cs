namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Injects a connection string as <c>ConnectionStrings__db</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        return builder.WithReferenceRelationship(resource).Set($"ConnectionStrings__{resource.Name}", resource);
    }

    /// <summary>Injects all endpoints of a service as <c>services__api__http__0</c> and <c>API_HTTP</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            foreach (var endpoint in resource.GetEndpoints())
            {
                context.EnvironmentVariables[$"{VariableName(resource.Name)}_{VariableName(endpoint.EndpointName)}"] = endpoint;
                context.EnvironmentVariables[$"services__{resource.Name}__{endpoint.EndpointName}__0"] = endpoint;
            }
        });
    }

    /// <summary>The name of an environment variable: <c>my-db</c> → <c>MY_DB</c>.</summary>
    private static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();
}
