using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.Npm;

namespace Cruddur.AppHost.Integrations.EmbeddedPostgres;

/// <summary>A PostgreSQL server that runs as a process on loopback.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="command">The program to run: the server itself, or the shell that passes signals on to it.</param>
/// <param name="workingDirectory">The directory that the process starts in.</param>
public sealed class EmbeddedPostgresResource(string name, string command, string workingDirectory)
    : ExecutableResource(name, command, workingDirectory), IResourceWithConnectionString, IResourceWithDataDirectory
{
    /// <summary>The endpoint that clients connect to.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "tcp");

    /// <summary>The server's programs and data.</summary>
    public PostgresCluster Cluster => new(this.GetDataDirectory(), this.GetNpmPackageDirectory(), UnprivilegedUser.Current);

    /// <summary>The connection string without a database.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Host};Port={Port};Username={PostgresCluster.Superuser};Password={Cluster.Password}");

    private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.IPV4Host);

    private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);
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
