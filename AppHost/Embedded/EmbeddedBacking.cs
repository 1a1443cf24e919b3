using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Embedded.DynamoDb;
using Cruddur.AppHost.Embedded.Postgres;
using Cruddur.AppHost.Startup;

namespace Cruddur.AppHost.Embedded;

/// <summary>Postgres and DynamoDB Local as processes of this machine, out of npm packages, with their data in the <see cref="StateDirectory"/>.</summary>
/// <param name="builder">The AppHost's builder.</param>
/// <param name="packages">The npm packages.</param>
/// <param name="state">Where the data is kept.</param>
/// <param name="superuserDrop">How to run PostgreSQL, which refuses to run as root.</param>
internal sealed class EmbeddedBacking(IDistributedApplicationBuilder builder, EmbeddedPackages packages, StateDirectory state, SuperuserDrop superuserDrop) : IBacking
{
    /// <inheritdoc/>
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase()
    {
        var programs = packages.DirectoryOf($"@embedded-postgres/{NpmPackages.Platform}");
        var cluster = new PostgresCluster(state.For(CruddurResources.Postgres), programs, superuserDrop);
        return builder.AddEmbeddedPostgres(CruddurResources.Postgres, packages, cluster).AddDatabase(CruddurResources.Database);
    }

    /// <inheritdoc/>
    public IResourceBuilder<IResourceWithEndpoints> AddDynamoDb() =>
        builder.AddEmbeddedDynamoDb(CruddurResources.DynamoDb, packages, state.For(CruddurResources.DynamoDb));
}
