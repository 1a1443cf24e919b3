using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>Gives a test access to the builder and the application that are created in its flow of execution.</summary>
internal class BuilderInterceptor(
    Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly AsyncLocal<BuilderInterceptor?> Flow = new();

    public static BuilderInterceptor? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    protected Assembly AppHost => appHost;

    protected string[] Args => args;

    public void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestDefaults.Apply(options, settings, args, appHost, configure);

    /// <summary>The application has been described. It is built when this returns.</summary>
    public virtual void Building(DistributedApplicationBuilder builder)
    {
    }

    public virtual void Built(DistributedApplication application)
    {
    }
}
