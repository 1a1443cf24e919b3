namespace Aspire.Hosting;

/// <summary>The operation that the AppHost was started for. This build always runs the application.</summary>
public class DistributedApplicationExecutionContext
{
    internal DistributedApplicationExecutionContext()
    {
    }

    public bool IsRunMode { get; } = true;

    public bool IsPublishMode { get; }
}
