using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Processes;
using Npgsql;

namespace Cruddur.AppHost.Commands;

/// <summary>The command that shows how other programs connect to the servers.</summary>
public static class ConnectionDetails
{
    /// <summary>The name of the command.</summary>
    public const string CommandName = "connection-details";

    /// <summary>
    /// Adds the command to the database, DynamoDB Local and the Cognito emulator. Its result has the lines to copy for psql, the AWS
    /// CLI, NoSQL Workbench and the SDKs, with the addresses and passwords of this run.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="database">The Postgres database.</param>
    /// <param name="dynamoDb">DynamoDB Local, or <see langword="null"/> for DynamoDB on AWS.</param>
    /// <param name="userPool">The user pool.</param>
    public static void AddConnectionDetails(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<IResourceWithEndpoints>? dynamoDb,
        UserPool userPool)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        var aws = AwsSettings.ForDynamoDb(dynamoDb).Concat(AwsSettings.ForUserPool(userPool)).ToArray();
        database.WithConnectionDetails(cancellationToken => DescribePostgresAsync(database.Resource, cancellationToken));
        dynamoDb?.WithConnectionDetails(async cancellationToken =>
        {
            var url = new Uri(dynamoDb.GetEndpoint("http").Url);
            return $"""
                {await DescribeAwsAsync(aws, "aws dynamodb list-tables", cancellationToken)}

                **NoSQL Workbench**: in the operation builder, add a connection to DynamoDB local with the hostname `{url.Host}` and the
                port `{url.Port}`.
                """;
        });
        userPool.Emulator?.WithConnectionDetails(async cancellationToken => $"""
            {await DescribeAwsAsync(aws, $"aws cognito-idp list-users --user-pool-id {LocalPool.PoolId}", cancellationToken)}

            The app client is `{LocalPool.ClientId}`.
            {string.Join(", ", LocalPool.Users.Select(user => $"`{user.Handle}`"))} sign in with the password `{LocalPool.Password}`.
            """);
    }

    private static void WithConnectionDetails<T>(this IResourceBuilder<T> server, Func<CancellationToken, Task<string>> describe)
        where T : IResource =>
        server.WithCommand(
            CommandName,
            "Connection details",
            async context => CommandResults.Success(
                $"Connection details of {server.Resource.Name}",
                await describe(context.CancellationToken),
                CommandResultFormat.Markdown,
                displayImmediately: true),
            new CommandOptions
            {
                Description = "How other programs connect",
                IconName = "PlugConnected",
                IsHighlighted = true,
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                    ? ResourceCommandState.Enabled
                    : ResourceCommandState.Disabled,
            });

    private static async Task<string> DescribePostgresAsync(IResourceWithConnectionString database, CancellationToken cancellationToken)
    {
        var connectionString = await database.GetConnectionStringAsync(cancellationToken);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var user = $"{Uri.EscapeDataString(settings.Username!)}:{Uri.EscapeDataString(settings.Password!)}";
        var uri = $"postgresql://{user}@{settings.Host}:{settings.Port}/{Uri.EscapeDataString(settings.Database!)}";
        return $"""
            **psql**

            ```sh
            psql "{uri}"
            ```

            **URI**

            ```
            {uri}
            ```

            **.NET (Npgsql)**

            ```
            {connectionString}
            ```
            """;
    }

    /// <summary>The variables that the AWS SDKs and the AWS CLI read, in the syntax of this system's shell, and a command to try.</summary>
    private static async Task<string> DescribeAwsAsync(
        KeyValuePair<string, ReferenceExpression>[] settings, string command, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (name, expression) in settings)
        {
            var value = await expression.GetValueAsync(cancellationToken);
            lines.Add(OperatingSystem.IsWindows() ? $"$env:{name}=\"{value}\"" : $"export {name}={value}");
        }

        return $"""
            **AWS CLI and AWS SDKs**

            ```{(OperatingSystem.IsWindows() ? "powershell" : "sh")}
            {string.Join('\n', lines)}
            {command}
            ```
            """;
    }
}
