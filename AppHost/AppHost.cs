using Cruddur.AppHost;
using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Commands;
using Cruddur.AppHost.Frontend;
using Cruddur.AppHost.Integrations.DynamoDbAdmin;
using Cruddur.AppHost.Ports;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.Processes;
using Cruddur.AppHost.Report;
using Cruddur.AppHost.Session;
using Cruddur.AppHost.Snapshots;
using Cruddur.AppHost.State;

try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = StateDirectory.ExpandFreshSwitch(args),
        DashboardApplicationName = "Cruddur",
    });
    var backing = await builder.ChooseBackingAsync();
    using var state = await builder.OpenStateDirectoryAsync();
    builder.UsePreferredDashboardPorts();

    // Infrastructure
    var database = builder.AddDatabase(backing);
    var dynamoDb = builder.AddDynamoDb(backing);
    var userPool = await builder.AddUserPoolAsync();

    // Schemas and seed data
    var seeder = builder.AddProject<Projects.Seeder>(CruddurResources.Seeder)
        .WithReference(database)
        .WaitFor(database)
        .WithDynamoDb(dynamoDb)
        .WithUserPool(userPool)
        .WithShortExportTimeout()
        .WithDependentsStartedOnRecovery()
        .WithSession(database, dynamoDb, userPool)
        .WithSeederCommands()
        .WithSnapshotCommands(backing, state)
        .WithIconName("LeafTwo");

    // Apps
    var api = builder.AddProject<Projects.Api>(CruddurResources.Api)
        .WithReplicas(ApiReplicas.Parse(builder.Configuration[ApiReplicas.Setting]))
        .WithPreferredPort()
        .WithReference(database)
        .WithDynamoDb(dynamoDb)
        .WithUserPool(userPool)
        .WithShortExportTimeout()
        .WithHttpHealthCheck("/health")
        .WithUrlForEndpoint("http", endpoint => new() { Url = "/scalar", DisplayText = "API reference", Endpoint = endpoint })
        .WaitForCompletion(seeder);

    builder.AddFrontend(CruddurResources.Frontend)
        .WithBackend(api, userPool)
        .WithBrowserTelemetry()
        .WaitFor(api);

    // Commands and tools
    builder.AddCommands();
    builder.AddConnectionDetails(database, dynamoDb, userPool);
    database.WithDatabaseCommands();
    dynamoDb?.WithMessagesCommands().WithDynamoDbAdmin(CruddurResources.DynamoDbAdmin);
    userPool.WithUserPoolCommands();

    builder.AddStartupReport();

    await builder.Build().RunAsync();
    return 0;
}
catch (Exception error) when (error is PrerequisiteException or DistributedApplicationException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
