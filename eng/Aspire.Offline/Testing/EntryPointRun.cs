using System.Reflection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the entry point of an AppHost on its own thread, and pauses it before it builds its application.</summary>
internal sealed class EntryPointRun(
    Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : BuilderInterceptor(appHost, args, configure), IAsyncDisposable
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _continue = new();
    private volatile bool _disposed;

    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = AppHost.EntryPoint ?? throw new InvalidOperationException($"{AppHost.GetName().Name} does not have an entry point.");
        new Thread(() => Run(main)) { IsBackground = true, Name = $"{AppHost.GetName().Name}.EntryPoint" }.Start();
        return _builder.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _continue.Set();
        return _application.Task.WaitAsync(cancellationToken);
    }

    public Task WaitUntilStartedAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);

    public override void Building(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _continue.Wait();
        if (_disposed)
        {
            throw new OperationCanceledException("The test ended without building the application.");
        }
    }

    public override void Built(DistributedApplication application)
    {
        application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _started.TrySetResult());
        _application.TrySetResult(application);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _continue.Set();
        if (_application.Task.IsCompletedSuccessfully)
        {
            var application = await _application.Task;
            var limit = application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
            application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await Task.WhenAny(_ended.Task, Task.Delay(limit));
            await application.DisposeAsync();
        }

        _started.TrySetCanceled();
        _application.TrySetCanceled();
        _builder.TrySetCanceled();
    }

    private void Run(MethodInfo main)
    {
        Exception failure = new InvalidOperationException($"The entry point exited without building a {nameof(DistributedApplication)}.");
        try
        {
            Current = this;
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Args]);
            if (result is int and not 0)
            {
                failure = new InvalidOperationException($"The entry point of {AppHost.GetName().Name} exited with code {result}.");
            }
        }
        catch (TargetInvocationException exception)
        {
            failure = exception.InnerException ?? exception;
        }

        _builder.TrySetException(failure);
        _application.TrySetException(failure);
        _started.TrySetException(failure);
        _ended.TrySetResult();
    }
}
