using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Embedded.Postgres;

/// <summary>A PostgreSQL server that runs as a process on loopback.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="command">What is run: the server itself, or the shell that passes signals on to it.</param>
/// <param name="cluster">The server's programs and data directory.</param>
public sealed class EmbeddedPostgresResource(string name, string command, PostgresCluster cluster)
    : ExecutableResource(name, command, cluster.Directory), IResourceWithConnectionString
{
    /// <summary>The endpoint that clients connect to.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "tcp");

    /// <summary>The server's programs and data directory.</summary>
    public PostgresCluster Cluster { get; } = cluster;

    /// <summary>The connection string without a database.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create(
            $"Host={PrimaryEndpoint.Property(EndpointProperty.IPV4Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={PostgresCluster.Superuser};Password={Cluster.Password}");
}

/// <summary>A database on an <see cref="EmbeddedPostgresResource"/>.</summary>
/// <param name="name">The name of the resource and of the database.</param>
/// <param name="parent">The server.</param>
public sealed class EmbeddedPostgresDatabaseResource(string name, EmbeddedPostgresResource parent)
    : Resource(name), IResourceWithParent<EmbeddedPostgresResource>, IResourceWithConnectionString
{
    /// <summary>The server.</summary>
    public EmbeddedPostgresResource Parent { get; } = parent;

    /// <summary>The connection string of the database.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={Name}");
}
