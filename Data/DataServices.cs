using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Postgres;
using Cruddur.Data.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cruddur.Data;

/// <summary>Registers the databases and their stores.</summary>
public static class DataServices
{
    /// <summary>
    /// Adds one connection pool to Postgres, from <c>ConnectionStrings:cruddur</c>, one DynamoDB client, from the AWS SDK's own
    /// settings (<c>AWS_REGION</c>, credentials, <c>AWS_ENDPOINT_URL_DYNAMODB</c>), and the stores over them.
    /// </summary>
    /// <param name="builder">The process's host builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddCruddurData<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(CreateDataSource);
        builder.Services.AddSingleton<IAmazonDynamoDB>(_ => CreateDynamoDb());
        builder.Services.AddSingleton<CruddurDatabase>();
        builder.Services.AddSingleton<MessagesTableSchema>();
        builder.Services.AddSingleton<EarlierMessageGroups>();
        builder.Services.AddSingleton<MessageGroupStore>();
        builder.Services.AddSingleton<MessageStore>();
        builder.Services.AddSingleton<ConversationImport>();
        builder.Services.AddSingleton<UserStore>();
        return builder;
    }

    private static NpgsqlDataSource CreateDataSource(IServiceProvider services)
    {
        var connectionString = services.GetRequiredService<IConfiguration>().GetConnectionString(CruddurDatabase.ConnectionName)
            ?? throw new InvalidOperationException(
                $"There is no connection string to Postgres. Start the system with `dotnet run --project AppHost`, "
                + $"or set ConnectionStrings__{CruddurDatabase.ConnectionName}.");

        // The slim builder leaves out what these queries don't use and starts faster; TLS is wanted for a server that asks for it.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableArrays().EnableTransportSecurity();
        builder.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        return builder.Build();
    }

    private static AmazonDynamoDBClient CreateDynamoDb() => new(new AmazonDynamoDBConfig
    {
        RetryMode = RequestRetryMode.Standard,
        Timeout = TimeSpan.FromSeconds(10),
    });
}
