using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Backing;

/// <summary>The offline hosting build has no containers. <see cref="BackingChoice.DecideAsync"/> never chooses them there.</summary>
internal static class Containers
{
    public static bool AreBuilt => false;

    public static IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        IDistributedApplicationBuilder builder, BackingChoice backing) => throw new NotSupportedException();

    public static IResourceBuilder<IResourceWithEndpoints> AddDynamoDb(IDistributedApplicationBuilder builder, BackingChoice backing) =>
        throw new NotSupportedException();
}
