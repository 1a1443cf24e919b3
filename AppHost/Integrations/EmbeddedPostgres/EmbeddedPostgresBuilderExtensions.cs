using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.Npm;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cruddur.AppHost.Integrations.EmbeddedPostgres;

/// <summary>Adds PostgreSQL to the app model as a process.</summary>
public static class EmbeddedPostgresBuilderExtensions
{
    private const string PackageScope = "@embedded-postgres";

    /// <summary>Runs <c>serve.sh</c>. Windows has no signals to pass on, and starts the server itself.</summary>
    private const string Shell = "sh";

    /// <summary>The platforms that <c>@embedded-postgres</c> has programs for.</summary>
    private static readonly string[] Platforms = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "windows-x64"];

    /// <summary>This machine as the packages name it, such as <c>linux-x64</c>. The programs for Linux need glibc.</summary>
    private static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            var library = NpmPackages.IsMusl ? "-musl" : "";
            return $"{system}{library}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>Why PostgreSQL can't run on this machine, or <see langword="null"/> when it can.</summary>
    public static string? UnsupportedPlatform => Platforms.Contains(Platform) ? null : $"{PackageScope} has no PostgreSQL for {Platform}";

    /// <summary>Adds a PostgreSQL 18 server on loopback, on a free port. It is healthy once a query succeeds.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    public static IResourceBuilder<EmbeddedPostgresResource> AddEmbeddedPostgres(
        this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        var directory = Path.Combine(builder.AppHostDirectory, ".data", name);
        var postgres = new EmbeddedPostgresResource(name, Shell, directory);
        var server = builder.AddResource(postgres).WithNpmPackage($"{PackageScope}/{Platform}").WithDataDirectory(directory);
        if (OperatingSystem.IsWindows())
        {
            server.WithCommand(postgres.Cluster.ServerCommand[0]);
        }

        return server
            .WithArgs(context =>
            {
                var script = Path.Combine(builder.AppHostDirectory, "Integrations", "EmbeddedPostgres", "serve.sh");
                string[] arguments = OperatingSystem.IsWindows()
                    ? [.. postgres.Cluster.ServerCommand.Skip(1)]
                    : [script, .. postgres.Cluster.ServerCommand];
                Array.ForEach(arguments, context.Args.Add);
            })
            .WithEndpoint(scheme: "tcp", name: postgres.PrimaryEndpoint.EndpointName, env: "PGPORT")
            .WithIconName("DatabaseMultiple")
            .WithHealthCheck(builder.AddQueryCheck(postgres, postgres, PostgresCluster.Superuser))
            .WithStartPreparation((logger, _) => postgres.Cluster.InitializeAsync(logger));
    }

    /// <summary>
    /// Adds a database. It is created when the server is ready and the database is missing, and healthy once a query succeeds.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name of the resource and of the database.</param>
    public static IResourceBuilder<EmbeddedPostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<EmbeddedPostgresResource> server, [ResourceName] string name)
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
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "PostgresDatabase",
                State = KnownResourceStates.Waiting,
                Properties = [],
            })
            .WithHealthCheck(builder.AddQueryCheck(database, server.Resource));
    }

    private static async Task CreateIfMissingAsync(EmbeddedPostgresDatabaseResource database, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(database.Parent, PostgresCluster.Superuser, cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new() { Value = database.Name } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            // A database's name can't be a parameter; this one is a constant of the AppHost, and quoted all the same.
            var quoted = database.Name.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{quoted}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Registers a health check that runs a query, and returns its key.</summary>
    private static string AddQueryCheck(
        this IDistributedApplicationBuilder builder,
        IResourceWithConnectionString resource,
        EmbeddedPostgresResource server,
        string? database = null)
    {
        var key = $"{resource.Name}_query";
        builder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            if (!server.Cluster.AcceptsConnections)
            {
                return HealthCheckResult.Unhealthy("The server does not accept connections yet.");
            }

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

    private static async Task<NpgsqlConnection> ConnectAsync(
        IResourceWithConnectionString resource, string? database, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(await resource.GetConnectionStringAsync(cancellationToken))
        {
            // A check must not keep a connection, nor wait long for a server that does not answer.
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
