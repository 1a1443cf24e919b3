using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.DynamoDB;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;
using Cruddur.AppHost.Ports;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cruddur.AppHost.Backing;

/// <summary>Postgres and DynamoDB Local as containers, through Aspire's own integrations. Their data is kept in named volumes.</summary>
internal static class Containers
{
    private const string PostgresTag = "18.3";
    private const string PgWebTag = "0.17.0";
    private const string DynamoDbRegistry = "docker.io";
    private const string DynamoDbImage = "amazon/dynamodb-local";
    private const string DynamoDbTag = "3.3.1";
    private const string DynamoDbDirectory = "/storage";

    private static readonly TimeSpan RemovalTimeout = TimeSpan.FromSeconds(30);

    public static bool AreBuilt => true;

    public static IResourceBuilder<IResourceWithConnectionString> AddDatabase(IDistributedApplicationBuilder builder, BackingChoice backing)
    {
        var server = builder.AddPostgres(CruddurResources.Postgres)
            .WithImageTag(PostgresTag)
            .WithArgs("-c", PostgresCluster.LogWithoutValues);
        if (builder.ExecutionContext.IsRunMode)
        {
            var volume = PrepareVolume(builder, backing, server.Resource.Name);
            server.WithDataVolume(volume)
                .WithHealthCheck(builder.AddPasswordCheck(server.Resource, volume))
                .WithPgWeb(pgWeb => pgWeb.WithImageTag(PgWebTag).WithParentRelationship(server).WaitFor(server).WithExplicitStart());
        }

        return server.AddDatabase(CruddurResources.Database);
    }

    public static IResourceBuilder<IResourceWithEndpoints> AddDynamoDb(IDistributedApplicationBuilder builder, BackingChoice backing)
    {
        var options = new DynamoDBLocalOptions
        {
            Registry = DynamoDbRegistry,
            Image = DynamoDbImage,
            Tag = DynamoDbTag,
            SharedDb = true,
            DisableDynamoDBLocalTelemetry = true,
            Port = builder.GetPreferredPort(CruddurResources.DynamoDb),
        };

        // The image's own user may not write to a new volume, which belongs to root.
        return builder.AddAWSDynamoDBLocal(CruddurResources.DynamoDb, options)
            .WithHttpHealthCheck("/", statusCode: 400)
            .WithVolume(PrepareVolume(builder, backing, CruddurResources.DynamoDb), DynamoDbDirectory)
            .WithContainerRuntimeArgs("--user", "root")
            .WithArgs("-dbPath", DynamoDbDirectory)
            .WithIconName("Table");
    }

    /// <summary>The name of the server's volume, which is removed first when the developer asks for empty servers.</summary>
    private static string PrepareVolume(IDistributedApplicationBuilder builder, BackingChoice backing, string server)
    {
        var name = ContainerVolumes.NameOf(builder.GetStatePath(), server);
        string[] remove = ["volume", "rm", "--force", name];
        if (StateDirectory.StartsFresh(builder.Configuration)
            && ExternalProgram.RunAsync(RemovalTimeout, backing.ContainerRuntime!, remove).GetAwaiter().GetResult() is not (0, _))
        {
            throw new PrerequisiteException(
                $"The volume {name} could not be removed: stop what uses it, "
                    + $"or remove it with '{backing.ContainerRuntime} volume rm {name}'.");
        }

        return name;
    }

    /// <summary>
    /// Registers a health check that tells a wrong password apart from a server that has not started yet. The password is in the user
    /// secrets of this machine, and the volume keeps the one that it was created with.
    /// </summary>
    /// <returns>The key of the check.</returns>
    private static string AddPasswordCheck(this IDistributedApplicationBuilder builder, PostgresServerResource server, string volume)
    {
        var key = $"{server.Name}_password";
        builder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                var connectionString = await server.GetConnectionStringAsync(cancellationToken);
                await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Timeout=2");
                await connection.OpenAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                return HealthCheckResult.Unhealthy(
                    $"The volume {volume} was created with another password: "
                        + $"start once with {StateDirectory.FreshSwitch} to begin with empty servers.");
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                return HealthCheckResult.Unhealthy(error.Message);
            }
        });
        return key;
    }
}
