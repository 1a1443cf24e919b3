using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Cruddur.Data.Activities;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Notifications;
using Cruddur.Data.Paging;
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
    /// <summary>How long a cancelled query waits for the server to confirm it, in milliseconds, before its connection is given up.</summary>
    private const int CancellationTimeout = 200;

    /// <summary>
    /// Adds one connection pool to Postgres, from <c>ConnectionStrings:cruddur</c>, one DynamoDB client, from the AWS SDK's own
    /// settings (<c>AWS_REGION</c>, credentials, <c>AWS_ENDPOINT_URL_DYNAMODB</c>), and the stores over them.
    /// </summary>
    /// <param name="builder">The process's host builder.</param>
    /// <param name="callDeadline">How long a call to a server may take before it counts as away; null for as long as the drivers wait.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddCruddurData<TBuilder>(this TBuilder builder, TimeSpan? callDeadline = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new CallDeadline(callDeadline, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => CreateDataSource(services, callDeadline));
        builder.Services.AddSingleton<IAmazonDynamoDB>(_ => CreateDynamoDb());
        builder.Services.AddSingleton<PostgresClient>();
        builder.Services.AddSingleton<CruddurDatabase>();
        builder.Services.AddSingleton<DatabaseServer>();
        builder.Services.AddSingleton<MessagesTableSchema>();
        builder.Services.AddSingleton<DynamoDbTables>();
        builder.Services.AddSingleton<MessagesTableClient>();
        builder.Services.AddSingleton<EarlierMessageGroups>();
        builder.Services.AddSingleton<MessageGroupStore>();
        builder.Services.AddSingleton<MessageStore>();
        builder.Services.AddSingleton<ConversationImport>();
        builder.Services.AddSingleton<UserStore>();
        builder.Services.AddSingleton<ActivityStore>();
        builder.Services.AddSingleton<CursorKeyStore>();
        return builder;
    }

    /// <summary>Adds memories of what is in the databases, kept up to date by Postgres's notifications: for a process that goes on for long.</summary>
    /// <param name="builder">The process's host builder, which has the data already.</param>
    /// <param name="isConnected">Whether Postgres is there: without it nothing is heard or told.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddCruddurNotifications<TBuilder>(this TBuilder builder, bool isConnected = true)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton<UserDirectory>();
        builder.Services.AddSingleton<INotificationHandler>(services => services.GetRequiredService<UserDirectory>());
        builder.Services.AddSingleton<MessageAnnouncer>();
        if (isConnected)
        {
            builder.Services.AddHostedService<NotificationListener>();
            builder.Services.AddHostedService(services => services.GetRequiredService<MessageAnnouncer>());
        }

        return builder;
    }

    private static NpgsqlDataSource CreateDataSource(IServiceProvider services, TimeSpan? callDeadline)
    {
        var connectionString = CruddurDatabase.ReadConnectionString(services.GetRequiredService<IConfiguration>());

        // The slim builder leaves out what these queries don't use and starts faster; TLS is wanted for a server that asks for it.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.CancellationTimeout = CancellationTimeout;
        if (callDeadline is { } deadline)
        {
            builder.ConnectionStringBuilder.Timeout = (int)Math.Ceiling(deadline.TotalSeconds);
        }

        builder.EnableArrays().EnableTransportSecurity();
        // What no request asks for, such as listening to notifications, is no trace of its own.
        builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => System.Diagnostics.Activity.Current is not null).EnablePhysicalOpenTracing(false));
        builder.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        return builder.Build();
    }

    private static AmazonDynamoDBClient CreateDynamoDb() => new(new AmazonDynamoDBConfig
    {
        RetryMode = RequestRetryMode.Standard,
        Timeout = TimeSpan.FromSeconds(10),
    });
}
