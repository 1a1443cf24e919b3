using Cruddur.AppHost;
using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Embedded;
using Cruddur.AppHost.Frontend;
using Cruddur.AppHost.Startup;

try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = StateDirectory.ExpandFreshSwitch(args),
        DashboardApplicationName = "Cruddur",
    });
    builder.CheckDashboardPorts();
    using var state = StateDirectory.Open(builder);

    var packages = EmbeddedPackages.Add(builder);
    var backing = await builder.ChooseBackingAsync(packages, state);

    // Infrastructure
    var database = backing.AddDatabase();
    var dynamoDb = backing.AddDynamoDb();
    var userPool = await builder.AddUserPoolAsync(packages, state);

    // Schemas and seed data
    var seeder = builder.AddProject<Projects.Seeder>(CruddurResources.Seeder)
        .WithReference(database)
        .WaitFor(database)
        .WithDynamoDb(dynamoDb)
        .WithUserPool(userPool)
        .WithPromptTelemetry()
        .WithIconName("LeafTwo");

    // Apps
    var api = builder.AddProject<Projects.Api>(CruddurResources.Api)
        .WithReplicas(ApiReplicas.Parse(builder.Configuration[ApiReplicas.Setting]))
        .WithEndpoint("http", endpoint => endpoint.Port = builder.PreferredPort(CruddurResources.Api))
        .WithReference(database)
        .WithDynamoDb(dynamoDb)
        .WithUserPool(userPool)
        .WithPromptTelemetry()
        .WithHttpHealthCheck("/health")
        .WithUrlForEndpoint("http", url => url.DisplayText = "API")
        .WithUrlForEndpoint("http", endpoint => new() { Url = "/scalar", DisplayText = "API reference", Endpoint = endpoint })
        .WaitForCompletion(seeder);

    var frontend = builder.AddFrontend(CruddurResources.Frontend)
        .WithBackend(api, userPool)
        .WithBrowserTelemetry()
        .WaitFor(api);

    // The browser may call the API from the front end's pages only.
    api.WithEnvironment("FRONTEND_URL", frontend.GetEndpoint("http"));

    builder.AddStartupReport();

    await builder.Build().RunAsync();
    return 0;
}
catch (Exception error) when (error is PrerequisiteException or DistributedApplicationException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
