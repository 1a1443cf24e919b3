using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript apps. Of the package managers this build knows npm.</summary>
public static class JavaScriptHostingExtensions
{
    private const string Npm = "npm";

    /// <summary>Adds a Vite app: <c>npm run dev -- --port N</c>, with an <c>http</c> endpoint and <c>PORT</c>.</summary>
    public static IResourceBuilder<ViteAppResource> AddViteApp(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string appDirectory, string runScriptName = "dev")
    {
        ArgumentNullException.ThrowIfNull(builder);
        var app = new ViteAppResource(name, Npm, Path.GetFullPath(appDirectory, builder.AppHostDirectory));
        return builder.AddApp(app, runScriptName)
            .WithArgs(context =>
            {
                context.Args.Add("--");
                context.Args.Add("--port");
                context.Args.Add(app.GetEndpoint("http").Property(EndpointProperty.TargetPort));
            })
            .WithHttpEndpoint(env: "PORT");
    }

    /// <summary>Installs the app's packages with npm before it starts.</summary>
    /// <param name="resource">The app.</param>
    /// <param name="install">False to leave it to the user, who can start the installer in the dashboard.</param>
    /// <param name="installCommand"><c>install</c> where none is given.</param>
    /// <param name="installArgs">Further arguments.</param>
    public static IResourceBuilder<TResource> WithNpm<TResource>(
        this IResourceBuilder<TResource> resource, bool install = true, string? installCommand = null, string[]? installArgs = null)
        where TResource : JavaScriptAppResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        resource.WithAnnotation(new JavaScriptInstallCommandAnnotation([installCommand ?? "install", .. installArgs ?? []]));
        var name = $"{resource.Resource.Name}-installer";
        var installer = resource.ApplicationBuilder.Resources.TryGetByName(name, out var existing)
            ? resource.ApplicationBuilder.CreateResourceBuilder((JavaScriptInstallerResource)existing)
            : resource.AddInstaller(name);
        foreach (var wait in resource.Resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource == installer.Resource).ToArray())
        {
            resource.Resource.Annotations.Remove(wait);
        }

        foreach (var explicitStart in installer.Resource.Annotations.OfType<ExplicitStartupAnnotation>().ToArray())
        {
            installer.Resource.Annotations.Remove(explicitStart);
        }

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

    /// <summary>Runs another script, or passes it arguments.</summary>
    public static IResourceBuilder<TResource> WithRunScript<TResource>(this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource => resource.WithAnnotation(new JavaScriptRunScriptAnnotation(scriptName, args));

    private static IResourceBuilder<TResource> AddApp<TResource>(this IDistributedApplicationBuilder builder, TResource app, string runScriptName)
        where TResource : JavaScriptAppResource => builder.AddResource(app)
        .WithOtlpExporter()
        .WithEnvironment(LetSignalsThrough)
        .WithEnvironment("NODE_ENV", builder.Environment.IsDevelopment() ? "development" : "production")
        .WithIconName("CodeJsRectangle")
        .WithRunScript(runScriptName)
        .WithArgs(context =>
        {
            var script = app.Annotations.OfType<JavaScriptRunScriptAnnotation>().Last();
            context.Args.Add("run");
            context.Args.Add(script.ScriptName);
            Array.ForEach(script.Args, context.Args.Add);
        })
        .WithNpm();

    /// <summary>
    /// npm passes a signal on to the shell in which it runs a script. bash has made way for the script by then; a plain sh
    /// would end and leave the script running, which takes dcp six seconds to put right.
    /// </summary>
    private static void LetSignalsThrough(EnvironmentCallbackContext context)
    {
        const string bash = "/bin/bash";
        if (File.Exists(bash))
        {
            context.EnvironmentVariables["npm_config_script_shell"] = bash;
        }
    }

    private static IResourceBuilder<JavaScriptInstallerResource> AddInstaller<TResource>(this IResourceBuilder<TResource> app, string name)
        where TResource : JavaScriptAppResource
    {
        var resource = new JavaScriptInstallerResource(name, app.Resource.WorkingDirectory) { Annotations = { new DerivedNameAnnotation() } };
        var installer = app.ApplicationBuilder.AddResource(resource)
            .WithCommand(Npm)
            .WithParentRelationship(app.Resource)
            .WithArgs(context => Array.ForEach(app.Resource.Annotations.OfType<JavaScriptInstallCommandAnnotation>().Last().Args, context.Args.Add));
        app.WithRelationship(resource, KnownRelationshipTypes.WaitFor);
        return installer;
    }
}
