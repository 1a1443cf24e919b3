using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the AppHost references, with its launch profile.</summary>
    /// <exception cref="NotSupportedException">The project has settings that this build does not support.</exception>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        var metadata = new TProject();
        ThrowIfUnsupported(name, metadata.ProjectPath);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata).WithAnnotation(new OtlpExporterAnnotation());
        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory")
            .WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true")
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment(context => AddUrls(project.Resource, context));
        if (builder.Environment.IsDevelopment())
        {
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        var appHostProfile = builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"];
        return LaunchProfiles.Select(metadata.ProjectPath, appHostProfile) is { } profile ? project.WithLaunchProfile(profile) : project;
    }

    /// <summary>Runs several processes behind the project's endpoints.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }

    private static IResourceBuilder<ProjectResource> WithLaunchProfile(
        this IResourceBuilder<ProjectResource> project, LaunchProfileAnnotation selected)
    {
        foreach (var url in selected.Profile.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var address = BindingAddress.Parse(url);
            if (address.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
            {
                throw new NotSupportedException(
                    $"The launch profile of '{project.Resource.Name}' binds '{address.Host}': use localhost in the offline hosting build.");
            }

            project.WithEndpoint(address.Scheme, endpoint => (endpoint.Port, endpoint.UriScheme) = (address.Port, address.Scheme));
        }

        return project.WithAnnotation(selected).WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", selected.Name);
            foreach (var (name, value) in selected.Profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    /// <summary>Makes Kestrel listen on the ports of the orchestrator in place of those of the launch profile.</summary>
    private static void AddUrls(ProjectResource project, EnvironmentCallbackContext context)
    {
        var urls = new ReferenceExpression.ExpressionInterpolatedStringHandler(0, 0);
        var separator = "";
        foreach (var endpoint in project.GetEndpoints())
        {
            urls.AppendLiteral($"{separator}{endpoint.Scheme}://localhost:");
            urls.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
            separator = ";";
        }

        context.EnvironmentVariables.TryAdd("ASPNETCORE_URLS", ReferenceExpression.Create(urls));
    }

    /// <summary>Endpoints in a project's settings override the ports of the orchestrator, which clients connect to.</summary>
    private static void ThrowIfUnsupported(string resource, string projectPath)
    {
        var directory = Path.GetDirectoryName(projectPath)!;
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(directory, "appsettings.Development.json"), optional: true)
            .Build();
        if (settings.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new NotSupportedException(
                $"The appsettings of '{resource}' configure Kestrel:Endpoints: use WithHttpEndpoint in the offline hosting build.");
        }
    }
}
