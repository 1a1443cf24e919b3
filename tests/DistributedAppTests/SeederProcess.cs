using System.Diagnostics;
using System.Reflection;
using Cruddur.AppHost.Cognito;
using Npgsql;

namespace Cruddur.DistributedAppTests;

/// <summary>Runs the seeder from the command line, with the settings that the AppHost gives it.</summary>
internal static class SeederProcess
{
    /// <summary>Runs a verb and waits until it ends.</summary>
    /// <param name="cruddur">The running system.</param>
    /// <param name="database">The Postgres database to work on.</param>
    /// <param name="arguments">The verb.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunSeederAsync(
        this RunningCruddur cruddur, string database, params string[] arguments)
    {
        using var process = await cruddur.StartSeederAsync(database, arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs a verb in a terminal that knows the data directory only, and waits until it ends.</summary>
    /// <param name="appHost">The running AppHost.</param>
    /// <param name="arguments">The verb.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunSeederAsync(
        this AppHostProcess appHost, params string[] arguments)
    {
        using var process = appHost.StartSeeder(arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts a verb in a terminal that knows the data directory only.</summary>
    /// <param name="appHost">The running AppHost.</param>
    /// <param name="arguments">The verb.</param>
    public static Process StartSeeder(this AppHostProcess appHost, params string[] arguments) =>
        Start(new() { ["State__Directory"] = appHost.State }, arguments);

    private static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts a verb.</summary>
    /// <param name="cruddur">The running system.</param>
    /// <param name="database">The Postgres database to work on.</param>
    /// <param name="arguments">The verb.</param>
    public static async Task<Process> StartSeederAsync(this RunningCruddur cruddur, string database, params string[] arguments)
    {
        var connectionString = await cruddur.App.GetConnectionStringAsync(
            CruddurResources.Database, TestContext.Current.CancellationToken);
        return Start(
            new()
            {
                ["ConnectionStrings__cruddur"] =
                    new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString,
                ["AWS_ENDPOINT_URL_DYNAMODB"] = Text(cruddur.Address(CruddurResources.DynamoDb)),
                ["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = Text(cruddur.Address(CruddurResources.Cognito)),
                ["AWS_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = "local",
                ["AWS_SECRET_ACCESS_KEY"] = "local",
                ["AWS_COGNITO_USER_POOL_ID"] = LocalPool.PoolId,
                ["State__Directory"] = cruddur.StatePath,
            },
            arguments);
    }

    private static Process Start(Dictionary<string, string> environment, string[] arguments)
    {
        var path = typeof(SeederProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "SeederPath").Value!;
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');
}
