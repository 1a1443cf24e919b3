using Cruddur.AppHost.Embedded;
using Cruddur.AppHost.Embedded.Postgres;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Backing;

/// <summary>Chooses how the database servers run.</summary>
public static partial class BackingExtensions
{
    private static readonly TimeSpan RuntimeAnswerTime = TimeSpan.FromSeconds(2);

    /// <summary>Chooses the backing from <c>Backing:Mode</c> and what this machine has, and prints the choice.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="packages">The npm packages that hold the embedded servers.</param>
    /// <param name="state">Where the embedded servers keep their data.</param>
    /// <exception cref="PrerequisiteException">Nothing that was asked for can run here.</exception>
    public static async Task<IBacking> ChooseBackingAsync(this IDistributedApplicationBuilder builder, EmbeddedPackages packages, StateDirectory state)
    {
        var wanted = BackingChoice.Parse(builder.Configuration[BackingChoice.Setting]);
        Func<IDistributedApplicationBuilder, string, IBacking>? containers = null;
        UseContainers(ref containers);

        // Both runtimes of the embedded servers are asked at once: each takes a few hundredths of a second to start.
        var java = InstalledPrograms.JavaMajorVersionAsync();
        var node = InstalledPrograms.NodeMajorVersionAsync();
        NodePrerequisite.Check(await node);

        var choice = await BackingChoice.DecideAsync(wanted, await java, containers is not null, FindContainerRuntimeAsync);
        Console.WriteLine($"Backing: {choice.Mode.ToString().ToLowerInvariant()} ({choice.Reason})");

        return choice.ContainerRuntime is { } runtime
            ? containers!(builder, runtime)
            : new EmbeddedBacking(builder, packages, state, await SuperuserDrop.DetectAsync());
    }

    /// <summary>Hands over the container backing. Only the nuget hosting build has one; in the offline build this call vanishes.</summary>
    static partial void UseContainers(ref Func<IDistributedApplicationBuilder, string, IBacking>? factory);

    private static async Task<string?> FindContainerRuntimeAsync()
    {
        string[] runtimes = ["docker", "podman"];
        var answers = await Task.WhenAll(runtimes.Select(runtime => InstalledPrograms.RunAsync(RuntimeAnswerTime, runtime, "info")));
        return runtimes.Zip(answers).FirstOrDefault(pair => pair.Second is (0, _)).First;
    }
}
