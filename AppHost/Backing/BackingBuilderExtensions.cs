using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedDynamoDb;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;
using Cruddur.AppHost.Ports;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.State;

namespace Cruddur.AppHost.Backing;

/// <summary>Adds the database servers to the app model: embedded or as containers.</summary>
public static class BackingBuilderExtensions
{
    private static readonly TimeSpan RuntimeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Checks that what every mode needs is installed, chooses the backing from <c>Backing:Mode</c> and what this machine has, and
    /// prints the choice. Publishing starts nothing: it needs nothing installed, and describes containers.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <exception cref="PrerequisiteException">What was asked for can't run here.</exception>
    public static async Task<BackingChoice> ChooseBackingAsync(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return new(BackingMode.Containers, "publishing describes containers");
        }

        // Each program takes a few hundredths of a second to answer, so they are asked at the same time.
        var java = InstalledPrograms.JavaMajorVersionAsync();
        var node = InstalledPrograms.NodeMajorVersionAsync();
        NodePrerequisite.Check(await node);

        var choice = await BackingChoice.DecideAsync(
            BackingChoice.Parse(builder.Configuration[BackingChoice.Setting]),
            await java,
            EmbeddedPostgresBuilderExtensions.UnsupportedPlatform,
            Containers.AreBuilt,
            FindContainerRuntimeAsync);
        Console.WriteLine($"Backing: {choice.Mode.ToString().ToLowerInvariant()} ({choice.Reason})");
        return choice;
    }

    /// <summary>
    /// Adds the Postgres server <see cref="CruddurResources.Postgres"/> and on it the database <see cref="CruddurResources.Database"/>,
    /// both healthy once a query succeeds.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="backing">Embedded or containers.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        this IDistributedApplicationBuilder builder, BackingChoice backing) =>
        backing.Mode is BackingMode.Containers
            ? Containers.AddDatabase(builder, backing)
            : builder.AddEmbeddedPostgres(CruddurResources.Postgres).WithState().AddDatabase(CruddurResources.Database);

    /// <summary>
    /// Adds DynamoDB Local as <see cref="CruddurResources.DynamoDb"/>, with one database for all credentials and regions, healthy once
    /// it answers HTTP. A published application uses DynamoDB on AWS, which is no resource of the app model.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="backing">Embedded or containers.</param>
    /// <returns>The server, or <see langword="null"/> when publishing.</returns>
    public static IResourceBuilder<IResourceWithEndpoints>? AddDynamoDb(
        this IDistributedApplicationBuilder builder, BackingChoice backing) =>
        builder.ExecutionContext.IsPublishMode ? null
        : backing.Mode is BackingMode.Containers ? Containers.AddDynamoDb(builder, backing)
        : builder.AddEmbeddedDynamoDb(CruddurResources.DynamoDb).WithPreferredPort().WithState();

    private static async Task<string?> FindContainerRuntimeAsync()
    {
        string[] runtimes = ["docker", "podman"];
        var answers = await Task.WhenAll(runtimes.Select(runtime => ExternalProgram.RunAsync(RuntimeTimeout, runtime, "info")));
        return runtimes.Zip(answers).FirstOrDefault(pair => pair.Second is (0, _)).First;
    }
}
