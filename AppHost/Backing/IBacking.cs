using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Backing;

/// <summary>Adds the database servers to the app model, in one of the two ways of <see cref="BackingMode"/>.</summary>
public interface IBacking
{
    /// <summary>Adds the Postgres server <see cref="CruddurResources.Postgres"/> and on it the database <see cref="CruddurResources.Database"/>, both healthy once a query succeeds.</summary>
    IResourceBuilder<IResourceWithConnectionString> AddDatabase();

    /// <summary>Adds DynamoDB Local as <see cref="CruddurResources.DynamoDb"/>, with one database for all credentials and regions, healthy once it answers HTTP.</summary>
    IResourceBuilder<IResourceWithEndpoints> AddDynamoDb();
}
