using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    /// <summary>The short spellings of the settings that ask Aspire to publish.</summary>
    private static readonly Dictionary<string, string> OperationSwitches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
    };

    private readonly DistributedApplicationOptions _options;
    private readonly HostApplicationBuilder _host;
    private readonly BuilderInterceptor? _interceptor = BuilderInterceptor.Current;
    private readonly DistributedApplicationEventing _eventing = new();

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        settings.Configuration.AddEnvironmentVariables(prefix: "ASPIRE_");
        _interceptor?.Constructing(options, settings);
        _host = new HostApplicationBuilder(settings);
        Configuration.AddCommandLine(options.Args ?? [], OperationSwitches);
        ThrowIfUnsupported(Configuration);

        AppHostDirectory = options.ProjectDirectory ?? Environment.ContentRootPath;
        AppHostServices.Configure(_host, options, Resources, ExecutionContext, _eventing);
        _interceptor?.Constructed(this);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly => _options.Assembly;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IDistributedApplicationEventing Eventing => _eventing;

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (!resource.HasAnnotationOfType<DerivedNameAnnotation>())
        {
            ResourceName.Validate(nameof(Resource), resource.Name);
        }

        if (Resources.TryGetByName(resource.Name, out var existing))
        {
            throw new DistributedApplicationException($"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        _interceptor?.Building(this);
        var application = new DistributedApplication(_host.Build());
        ExecutionContext.Services = application.Services;
        _eventing.Logger = application.Services.GetRequiredService<ILogger<DistributedApplicationEventing>>();
        _interceptor?.Built(application);
        return application;
    }

    private static void ThrowIfUnsupported(IConfiguration configuration)
    {
        const string remedy = "build with -p:AspireHosting=nuget on a feed that has Aspire's packages";
        var operation = configuration["AppHost:Operation"] is { Length: > 0 } configured ? configured
            : configuration["Publishing:Publisher"] is null ? "run"
            : "publish";
        if (!string.Equals(operation, "run", StringComparison.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException($"The offline hosting build can only run the application, not {operation} it: {remedy}.");
        }

        if (configuration["ASPIRE_BACKCHANNEL_PATH"] is not null)
        {
            throw new DistributedApplicationException(
                $"The offline hosting build does not support the Aspire CLI: use 'dotnet run --project AppHost', or {remedy}.");
        }
    }
}

/// <summary>Finds resources that were added before.</summary>
public static class DistributedApplicationBuilderExtensions
{
    /// <exception cref="InvalidOperationException">There is no resource of that name and type.</exception>
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource => builder.TryCreateResourceBuilder<T>(name, out var found)
            ? found
            : throw new InvalidOperationException($"Resource '{name}' of type '{typeof(T)}' was not found.");

    public static bool TryCreateResourceBuilder<T>(
        this IDistributedApplicationBuilder builder,
        string name,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IResourceBuilder<T>? resourceBuilder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        resourceBuilder = builder.Resources.TryGetByName(name, out var resource) && resource is T typed ? builder.CreateResourceBuilder(typed) : null;
        return resourceBuilder is not null;
    }
}
