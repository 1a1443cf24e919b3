using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cruddur.AppHost.Embedded.Postgres;

/// <summary>Adds PostgreSQL to the app model as a process.</summary>
public static class EmbeddedPostgresExtensions
{
    /// <summary>Adds a server on loopback, on a free port, healthy once a query succeeds.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="packages">The npm packages, of which one holds the programs.</param>
    /// <param name="cluster">The programs and the data directory.</param>
    public static IResourceBuilder<EmbeddedPostgresResource> AddEmbeddedPostgres(
        this IDistributedApplicationBuilder builder, string name, EmbeddedPackages packages, PostgresCluster cluster)
    {
        string[] command = OperatingSystem.IsWindows()
            ? [.. cluster.ServerCommand]
            : ["sh", Path.Combine(builder.AppHostDirectory, "Embedded", "Postgres", "serve.sh"), .. cluster.ServerCommand];
        var server = new EmbeddedPostgresResource(name, command[0], cluster);

        return packages.Await(builder.AddResource(server))
            .WithArgs(command[1..])
            .WithEndpoint(scheme: "tcp", name: server.PrimaryEndpoint.EndpointName, env: "PGPORT")
            .WithIconName("DatabaseMultiple")
            .WithHealthCheck(builder.AddQueryCheck(server, PostgresCluster.Superuser))
            .OnBeforeResourceStarted(async (resource, @event, cancellationToken) =>
            {
                // The waits of a resource come after its own handlers of this event, and the programs may not be installed yet.
                await @event.Services.GetRequiredService<ResourceNotificationService>().WaitForDependenciesAsync(resource, cancellationToken);
                await cluster.InitializeAsync(@event.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource));
            });
    }

    /// <summary>Adds a database, made where it is missing when the server is ready, and healthy once a query succeeds.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name of the resource and of the database.</param>
    public static IResourceBuilder<EmbeddedPostgresDatabaseResource> AddDatabase(this IResourceBuilder<EmbeddedPostgresResource> server, string name)
    {
        var builder = server.ApplicationBuilder;
        var database = new EmbeddedPostgresDatabaseResource(name, server.Resource);

        server.OnResourceReady(async (_, @event, cancellationToken) =>
        {
            await CreateIfMissingAsync(database, cancellationToken);

            // The state of a child follows its parent's only where the parent is a container.
            await @event.Services.GetRequiredService<ResourceNotificationService>().PublishUpdateAsync(
                database, snapshot => snapshot with { State = KnownResourceStates.Running, StartTimeStamp = DateTime.UtcNow });
        });

        return builder.AddResource(database)
            .WithIconName("Database")
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "PostgresDatabase", State = KnownResourceStates.Waiting, Properties = [] })
            .WithHealthCheck(builder.AddQueryCheck(database));
    }

    private static async Task CreateIfMissingAsync(EmbeddedPostgresDatabaseResource database, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(database.Parent, PostgresCluster.Superuser, cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = database.Name } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            // A database's name can't be a parameter; this one is a constant of the AppHost, and quoted all the same.
            var quoted = database.Name.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{quoted}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Registers a health check that runs a query, and gives its key.</summary>
    private static string AddQueryCheck(this IDistributedApplicationBuilder builder, IResourceWithConnectionString resource, string? database = null)
    {
        var key = $"{resource.Name}_query";
        builder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                await using var connection = await ConnectAsync(resource, database, cancellationToken);
                await using var query = new NpgsqlCommand("SELECT 1", connection);
                await query.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                return HealthCheckResult.Unhealthy(error.Message);
            }
        });
        return key;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(IResourceWithConnectionString resource, string? database, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(await resource.GetConnectionStringAsync(cancellationToken))
        {
            // A check must not keep a connection, nor wait long for a server that is not there yet.
            Pooling = false,
            Timeout = 2,
        };
        if (database is not null)
        {
            settings.Database = database;
        }

        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
