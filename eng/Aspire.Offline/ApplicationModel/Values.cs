namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that may only be known once the application runs: a port, a connection string.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
}

/// <summary>A value that can name itself without being known: <c>{api.bindings.http.url}</c>.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

/// <summary>A value with a name, which is what environment variables and connection strings are made of.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

/// <summary>A value made of others, so that the graph of resources can be drawn.</summary>
public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}

/// <summary>Who asks for a value.</summary>
public class ValueProviderContext
{
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    public IResource? Caller { get; init; }
}

/// <summary>A value that is set later, and can be awaited. Setting it again replaces it for those who ask from then on.</summary>
public sealed class ValueSnapshot<T>
    where T : notnull
{
    private readonly TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Task<T>? _latest;

    public bool IsValueSet => _first.Task.IsCompleted;

    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) => _latest ?? _first.Task.WaitAsync(cancellationToken);

    public void SetValue(T value)
    {
        if (!_first.TrySetResult(value))
        {
            _latest = Task.FromResult(value);
        }
    }

    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (!_first.TrySetException(exception))
        {
            _latest = Task.FromException<T>(exception);
        }
    }
}
