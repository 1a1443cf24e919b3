using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.DynamoDB;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Backing;

public static partial class BackingExtensions
{
    static partial void UseContainers(ref Func<IDistributedApplicationBuilder, string, IBacking>? factory) =>
        factory = (builder, runtime) => new ContainerBacking(builder, runtime);
}

/// <summary>Postgres and DynamoDB Local as containers, through Aspire's own integrations. Their data is kept in named volumes.</summary>
/// <param name="builder">The AppHost's builder.</param>
/// <param name="runtime">The program of the container runtime: <c>docker</c> or <c>podman</c>.</param>
internal sealed class ContainerBacking(IDistributedApplicationBuilder builder, string runtime) : IBacking
{
    private const string PostgresTag = "18.3";
    private const string DynamoDbRegistry = "docker.io";
    private const string DynamoDbImage = "amazon/dynamodb-local";
    private const string DynamoDbTag = "3.3.1";
    private const string DynamoDbDirectory = "/storage";

    private static readonly TimeSpan RemovalTime = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase()
    {
        var server = builder.AddPostgres(CruddurResources.Postgres).WithImageTag(PostgresTag).WithArgs("-c", PostgresLog.WithoutValues);

        return server.WithDataVolume(Volume(server)).AddDatabase(CruddurResources.Database);
    }

    /// <inheritdoc/>
    public IResourceBuilder<IResourceWithEndpoints> AddDynamoDb()
    {
        var options = new DynamoDBLocalOptions
        {
            Registry = DynamoDbRegistry,
            Image = DynamoDbImage,
            Tag = DynamoDbTag,
            SharedDb = true,
            DisableDynamoDBLocalTelemetry = true,
            Port = builder.PreferredPort(CruddurResources.DynamoDb),
        };

        var server = builder.AddAWSDynamoDBLocal(CruddurResources.DynamoDb, options);

        // The image's own user may not write to a new volume, which belongs to root.
        return server
            .WithHttpHealthCheck("/", statusCode: 400)
            .WithVolume(Volume(server), DynamoDbDirectory)
            .WithContainerRuntimeArgs("--user", "root")
            .WithArgs("-dbPath", DynamoDbDirectory);
    }

    /// <summary>The name of the server's volume, which a fresh start has removed.</summary>
    private string Volume<T>(IResourceBuilder<T> server) where T : IResource
    {
        var name = VolumeNameGenerator.Generate(server, "data");
        if (StateDirectory.StartsFresh(builder)
            && InstalledPrograms.RunAsync(RemovalTime, runtime, "volume", "rm", "--force", name).GetAwaiter().GetResult() is not (0, _))
        {
            throw new PrerequisiteException($"The volume {name} could not be removed: stop what uses it, or remove it with '{runtime} volume rm {name}'.");
        }

        return name;
    }
}
