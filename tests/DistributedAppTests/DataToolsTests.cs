using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Cruddur.AppHost.Commands;
using Cruddur.Tests;
using Npgsql;

namespace Cruddur.DistributedAppTests;

/// <summary>How a developer looks at the data with other programs.</summary>
public sealed partial class DataToolsTests(RunningCruddur cruddur)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_connection_details_of_the_database_connect()
    {
        var details = await DetailsAsync(CruddurResources.Database);

        var uri = new Uri(PostgresUri().Match(details).Groups[1].Value);
        var user = uri.UserInfo.Split(':').Select(Uri.UnescapeDataString).ToArray();
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Database = uri.AbsolutePath.TrimStart('/'),
            Username = user[0],
            Password = user[1],
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Cancelled);
        Assert.Equal(CruddurResources.Database, connection.Database);
    }

    [Fact]
    public async Task The_connection_details_of_the_AWS_servers_have_the_settings_of_the_processes()
    {
        string[] expected =
        [
            $"export AWS_ENDPOINT_URL_DYNAMODB={Address(CruddurResources.DynamoDb)}",
            $"export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER={Address(CruddurResources.Cognito)}",
            "export AWS_REGION=us-east-1",
            "export AWS_ACCESS_KEY_ID=local",
        ];

        var dynamoDb = (await DetailsAsync(CruddurResources.DynamoDb)).Split('\n');
        var cognito = (await DetailsAsync(CruddurResources.Cognito)).Split('\n');

        Assert.All([.. expected, "aws dynamodb list-tables"], line => Assert.Contains(line, dynamoDb));
        Assert.All([.. expected, "aws cognito-idp list-users --user-pool-id us-east-1_CruddurDev"], line => Assert.Contains(line, cognito));
    }

    [Fact]
    public async Task The_page_with_the_tables_starts_on_demand()
    {
        var page = CruddurResources.DynamoDbAdmin;
        await cruddur.App.ResourceNotifications.WaitForResourceAsync(page, KnownResourceStates.NotStarted, Cancelled);

        await RunAsync(page, KnownResourceCommands.StartCommand);
        var running = await cruddur.App.ResourceNotifications.WaitForResourceHealthyAsync(
            page, WaitBehavior.StopOnResourceUnavailable, Cancelled);
        var root = running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
        var addresses = LinuxProcesses.Listeners([Convert.ToInt32(root, CultureInfo.InvariantCulture)]);
        Assert.Equal(IPAddress.Loopback, Assert.Single(addresses).Address);
        using var client = cruddur.App.CreateHttpClient(page, "http");
        var tables = await client.GetStringAsync(new Uri("/", UriKind.Relative), Cancelled);
        Assert.Contains("cruddur-messages", tables, StringComparison.Ordinal);
        var items = await client.GetStringAsync(new Uri("/tables/cruddur-messages", UriKind.Relative), Cancelled);
        Assert.Contains("message_group_uuid", items, StringComparison.Ordinal);

        await RunAsync(page, KnownResourceCommands.StopCommand);
    }

    private string Address(string resource) => cruddur.Address(resource).GetLeftPart(UriPartial.Authority);

    private async Task<string> DetailsAsync(string resource)
    {
        var result = await RunAsync(resource, ConnectionDetails.CommandName);
        Assert.Equal(CommandResultFormat.Markdown, result.Data!.Format);
        Assert.True(result.Data.DisplayImmediately);
        return result.Data.Value;
    }

    private async Task<ExecuteCommandResult> RunAsync(string resource, string command)
    {
        var result = await cruddur.App.ResourceCommands.ExecuteCommandAsync(resource, command, Cancelled);
        Assert.True(result.Success, result.Message);
        return result;
    }

    [GeneratedRegex("psql \"(.*)\"")]
    private static partial Regex PostgresUri();
}
