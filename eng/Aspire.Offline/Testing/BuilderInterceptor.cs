using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Lets a test into the entry point that it runs: what that makes in this flow of execution, the test sees first.</summary>
internal abstract class BuilderInterceptor
{
    private static readonly AsyncLocal<BuilderInterceptor?> Flow = new();

    public static BuilderInterceptor? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>The builder is about to be made; the last chance to change how.</summary>
    public abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    public abstract void Constructed(DistributedApplicationBuilder builder);

    /// <summary>The entry point has described its application; it goes on when this returns.</summary>
    public abstract void Building(DistributedApplicationBuilder builder);

    public abstract void Built(DistributedApplication application);
}
