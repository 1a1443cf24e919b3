namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that may be known only while the application runs, such as a port or a connection string.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>A value that environment variables and connection strings can be composed of.</summary>
public interface IExpressionValue : IValueProvider;

/// <summary>A value that is composed of other values or resources.</summary>
public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}
