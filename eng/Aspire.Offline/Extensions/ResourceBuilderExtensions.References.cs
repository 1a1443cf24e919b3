using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Injects <c>ConnectionStrings__db</c>, and the parts of the connection string as <c>DB_HOST</c> and so on.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"ConnectionStrings__{resource.Name}"] = resource;
            foreach (var (name, value) in resource.GetConnectionProperties())
            {
                context.EnvironmentVariables[$"{VariableName(resource.Name)}_{VariableName(name)}"] = value;
            }
        });
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
