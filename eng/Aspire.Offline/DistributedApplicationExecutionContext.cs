namespace Aspire.Hosting;

/// <summary>What the AppHost was started for. This build runs applications and does not publish them.</summary>
public enum DistributedApplicationOperation
{
    Run,
    Publish,
}

/// <summary>Tells callbacks what they are called for.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    private IServiceProvider? _services;

    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsRunMode => Operation is DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation is DistributedApplicationOperation.Publish;

    public IServiceProvider Services
    {
        get => _services ?? throw new InvalidOperationException("IServiceProvider is not available because the container has not yet been built.");
        internal set => _services = value;
    }
}

/// <summary>The application cannot do what it was asked to; the message is meant for its user.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
