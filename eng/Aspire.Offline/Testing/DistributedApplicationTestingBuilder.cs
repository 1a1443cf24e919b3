using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>A builder whose application a test runs.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the entry point go on. Its failures surface here.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>
/// Makes builders for tests: from an AppHost, whose own entry point runs, or empty ones.
/// Ports are random and there is no dashboard, unless a test says otherwise.
/// </summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of an AppHost up to the point where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">Any type of the AppHost's assembly; <c>Projects.AppHost</c> for a project of that name.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default) =>
        CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ThrowIfEmpty(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        var run = new EntryPointRun(entryPoint.Assembly, args, configureBuilder);
        try
        {
            return new EntryPointTestingBuilder(run, await run.StartAsync(cancellationToken));
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty builder.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <inheritdoc cref="Create(string[])"/>
    public static IDistributedApplicationTestingBuilder Create(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ThrowIfEmpty(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);

        // The engine's whereabouts are written into the assembly that the AppHost's targets built: the caller's, or one of its callers'.
        var assembly = new StackTrace().GetFrames().Select(f => f.GetMethod()?.DeclaringType?.Assembly).FirstOrDefault(a => a is not null && TestDefaults.Metadata(a, "dcpclipath") is not null)
            ?? throw new InvalidOperationException("No application host assembly was found. Import Aspire.Offline.AppHost.targets in the test project, or create the builder from the AppHost with CreateAsync.");
        var previous = BuilderInterceptor.Current;
        BuilderInterceptor.Current = new Defaults(assembly, args, configureBuilder);
        try
        {
            return new EmptyTestingBuilder(new DistributedApplicationBuilder(args));
        }
        finally
        {
            BuilderInterceptor.Current = previous;
        }
    }

    private static void ThrowIfEmpty(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException($"Array params contains empty item: [{string.Join(", ", args)}]", nameof(args));
        }
    }

    private sealed class Defaults(Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderInterceptor
    {
        public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) => TestDefaults.Apply(options, settings, args, assembly, configure);

        public override void Constructed(DistributedApplicationBuilder builder) => builder.Services.AddHttpClient();

        public override void Building(DistributedApplicationBuilder builder)
        {
        }

        public override void Built(DistributedApplication application)
        {
        }
    }

    /// <summary>The builder of an application that is described by somebody else or by the test.</summary>
    private abstract class TestingBuilder(DistributedApplicationBuilder inner) : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => inner.Configuration;

        public string AppHostDirectory => inner.AppHostDirectory;

        public Assembly? AppHostAssembly => inner.AppHostAssembly;

        public IHostEnvironment Environment => inner.Environment;

        public IServiceCollection Services => inner.Services;

        public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

        public IDistributedApplicationEventing Eventing => inner.Eventing;

        public IResourceCollection Resources => inner.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource => inner.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
            where T : IResource => inner.CreateResourceBuilder(resource);

        public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

        public abstract Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);

        public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

        public abstract ValueTask DisposeAsync();
    }

    private sealed class EmptyTestingBuilder(DistributedApplicationBuilder inner) : TestingBuilder(inner)
    {
        private readonly DistributedApplicationBuilder _inner = inner;
        private DistributedApplication? _application;

        public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(_application = _inner.Build());
        }

        public override ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class EntryPointTestingBuilder(EntryPointRun run, DistributedApplicationBuilder inner) : TestingBuilder(inner)
    {
        public override async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
            new EntryPointApplication(run, await run.BuildAsync(cancellationToken));

        public override ValueTask DisposeAsync() => run.DisposeAsync();
    }

    /// <summary>An application that its own entry point starts; the test waits for that, and stops it.</summary>
    private sealed class EntryPointApplication(EntryPointRun run, DistributedApplication inner) : DistributedApplication(inner)
    {
        public override Task StartAsync(CancellationToken cancellationToken = default) => run.WaitUntilStartedAsync(cancellationToken);

        public override async Task RunAsync(CancellationToken cancellationToken = default)
        {
            await run.WaitUntilStartedAsync(cancellationToken);
            await Services.WaitForShutdownAsync(cancellationToken);
        }

        public override Task StopAsync(CancellationToken cancellationToken = default) => run.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        public override void Dispose() => run.DisposeAsync().AsTask().GetAwaiter().GetResult();

        public override ValueTask DisposeAsync() => run.DisposeAsync();
    }

    private static async Task WaitForShutdownAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(stopped.SetResult);
        await stopped.Task.WaitAsync(cancellationToken);
    }
}
