using Aspire.Hosting.JavaScript;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript apps. Their package manager is npm.</summary>
public static class JavaScriptHostingExtensions
{
    private const string BashPath = "/bin/bash";

    /// <summary>
    /// Adds a Vite app: <c>npm run dev -- --port N</c>, with an <c>http</c> endpoint, <c>PORT</c>, and an installer of its packages.
    /// </summary>
    public static IResourceBuilder<ViteAppResource> AddViteApp(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string appDirectory, string runScriptName = "dev")
    {
        ArgumentNullException.ThrowIfNull(builder);
        var app = builder.AddResource(new ViteAppResource(name, "npm", Path.GetFullPath(appDirectory, builder.AppHostDirectory)));
        return app.WithAnnotation(new OtlpExporterAnnotation())
            .WithEnvironment(SetScriptShell)
            .WithEnvironment("NODE_ENV", builder.Environment.IsDevelopment() ? "development" : "production")
            .WithIconName("CodeJsRectangle")
            .WithHttpEndpoint(env: "PORT")
            .WithArgs("run", runScriptName, "--", "--port", app.GetEndpoint("http").Property(EndpointProperty.TargetPort))
            .WithNpm();
    }

    /// <summary>Installs the app's packages with npm before it starts.</summary>
    /// <param name="resource">The app.</param>
    /// <param name="install">False leaves the start of the installer to its start command.</param>
    /// <param name="installCommand">The npm command; <c>install</c> by default.</param>
    /// <param name="installArgs">Further arguments.</param>
    public static IResourceBuilder<TResource> WithNpm<TResource>(
        this IResourceBuilder<TResource> resource, bool install = true, string? installCommand = null, string[]? installArgs = null)
        where TResource : JavaScriptAppResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        var (app, builder) = (resource.Resource, resource.ApplicationBuilder);
        resource.WithAnnotation(new InstallCommandAnnotation([installCommand ?? "install", .. installArgs ?? []]));
        var installer = builder.Resources.TryGetByName($"{app.Name}-installer", out var existing)
            ? builder.CreateResourceBuilder((JavaScriptInstallerResource)existing)
            : resource.AddInstaller($"{app.Name}-installer");
        Remove<WaitAnnotation>(app, w => w.Resource == installer.Resource);
        Remove<ExplicitStartupAnnotation>(installer.Resource, _ => true);
        if (install)
        {
            resource.WithAnnotation(new WaitAnnotation(installer.Resource, WaitType.WaitForCompletion));
        }
        else
        {
            installer.WithExplicitStart();
        }

        return resource;
    }

    /// <summary>
    /// npm passes a signal to the shell that runs a script. bash has replaced itself with the script by then. A plain sh ends and
    /// leaves the script running, which dcp kills only after six seconds.
    /// </summary>
    private static void SetScriptShell(EnvironmentCallbackContext context)
    {
        if (File.Exists(BashPath))
        {
            context.EnvironmentVariables["npm_config_script_shell"] = BashPath;
        }
    }

    private static IResourceBuilder<JavaScriptInstallerResource> AddInstaller<TResource>(this IResourceBuilder<TResource> app, string name)
        where TResource : JavaScriptAppResource
    {
        var installer = app.ApplicationBuilder.AddResource(new JavaScriptInstallerResource(name, app.Resource.WorkingDirectory));
        app.WithRelationship(installer.Resource, KnownRelationshipTypes.WaitFor);
        return installer.WithParentRelationship(app)
            .WithArgs(context => Array.ForEach(app.Resource.Annotations.OfType<InstallCommandAnnotation>().Last().Args, context.Args.Add));
    }

    private static void Remove<T>(IResource resource, Func<T, bool> predicate)
        where T : IResourceAnnotation
    {
        foreach (var annotation in resource.Annotations.OfType<T>().Where(predicate).ToArray())
        {
            resource.Annotations.Remove(annotation);
        }
    }
}
