using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Testing;

/// <summary>Describes an application that a test runs.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Builds the application. It throws what the AppHost's entry point throws.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>
/// Creates builders for tests: from an AppHost, by its own entry point, or empty ones.
/// Ports are random and the dashboard is off, unless the test changes that.
/// </summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of an AppHost until it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>(args, (_, _) => { }, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var run = new EntryPointRun(typeof(TEntryPoint).Assembly, args, configureBuilder);
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

    /// <summary>Creates an empty builder.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <inheritdoc cref="Create(string[])"/>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        // The build writes the location of the orchestrator to the AppHost's assembly, which is that of a caller.
        var assembly = new StackTrace().GetFrames().Select(f => f.GetMethod()?.DeclaringType?.Assembly).OfType<Assembly>()
            .FirstOrDefault(a => TestDefaults.Metadata(a, "dcpclipath") is not null)
            ?? throw new InvalidOperationException("No caller imports Aspire.Offline.AppHost.targets.");
        var previous = BuilderInterceptor.Current;
        BuilderInterceptor.Current = new BuilderInterceptor(assembly, args, configureBuilder);
        try
        {
            return new EmptyTestingBuilder(new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args }));
        }
        finally
        {
            BuilderInterceptor.Current = previous;
        }
    }

    private abstract class TestingBuilder(DistributedApplicationBuilder inner) : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => inner.Configuration;

        public string AppHostDirectory => inner.AppHostDirectory;

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

        public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(_application = _inner.Build());

        public override ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class EntryPointTestingBuilder(EntryPointRun run, DistributedApplicationBuilder inner) : TestingBuilder(inner)
    {
        public override async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
            new EntryPointApplication(run, await run.BuildAsync(cancellationToken));

        public override ValueTask DisposeAsync() => run.DisposeAsync();
    }

    /// <summary>An application that the AppHost's entry point starts. The test waits for the start, and stops it.</summary>
    private sealed class EntryPointApplication(EntryPointRun run, DistributedApplication inner) : DistributedApplication(inner)
    {
        public override Task StartAsync(CancellationToken cancellationToken = default) => run.WaitUntilStartedAsync(cancellationToken);

        public override Task RunAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("The entry point of the AppHost runs the application: use StartAsync.");

        public override Task StopAsync(CancellationToken cancellationToken = default) =>
            run.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        public override void Dispose() => run.DisposeAsync().AsTask().GetAwaiter().GetResult();

        public override ValueTask DisposeAsync() => run.DisposeAsync();
    }
}
