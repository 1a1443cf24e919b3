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
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = await cruddur.StartSeederAsync(database, arguments);
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
        var path = typeof(SeederProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "SeederPath").Value!;
        var connectionString = await cruddur.App.GetConnectionStringAsync(
            CruddurResources.Database, TestContext.Current.CancellationToken);
        var process = new Process
        {
            StartInfo = new("dotnet", [path, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
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
            },
        };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');
}
