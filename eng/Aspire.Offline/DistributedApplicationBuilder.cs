using Aspire.Hosting.Eventing;
using Aspire.Hosting.Testing;

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

    private readonly HostApplicationBuilder _host;
    private readonly BuilderInterceptor? _interceptor = BuilderInterceptor.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        settings.Configuration.AddEnvironmentVariables(prefix: "ASPIRE_");
        _interceptor?.Constructing(options, settings);
        _host = new HostApplicationBuilder(settings);
        Configuration.AddCommandLine(options.Args ?? [], OperationSwitches);
        ThrowIfUnsupported(Configuration);

        AppHostDirectory = options.ProjectDirectory ?? Environment.ContentRootPath;
        AppHostServices.Configure(_host, options, Resources, ExecutionContext, Eventing);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ResourceName.Validate(nameof(Resource), resource.Name);
        if (Resources.TryGetByName(resource.Name, out var existing))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type "
                + $"'{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
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
            throw new DistributedApplicationException(
                $"The offline hosting build can only run the application, not {operation} it: {remedy}.");
        }

        if (configuration["ASPIRE_BACKCHANNEL_PATH"] is not null)
        {
            throw new DistributedApplicationException(
                $"The offline hosting build does not support the Aspire CLI: use 'dotnet run --project AppHost', or {remedy}.");
        }
    }
}
