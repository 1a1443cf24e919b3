using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Cruddur.Data.Activities;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Notifications;
using Cruddur.Data.Postgres;
using Cruddur.Data.Upgrades;
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
    /// <summary>How long a cancelled query waits for the server to confirm it, in milliseconds. Then its connection is closed.</summary>
    private const int CancellationTimeout = 200;

    /// <summary>
    /// Adds a connection pool for Postgres, a client for DynamoDB, and the stores that use them. Postgres is configured by
    /// <c>ConnectionStrings:cruddur</c>, DynamoDB by the AWS SDK's own settings (<c>AWS_REGION</c>, credentials,
    /// <c>AWS_ENDPOINT_URL_DYNAMODB</c>).
    /// </summary>
    /// <param name="builder">The process's host builder.</param>
    /// <param name="callDeadline">How long a call to a server may take; null for the drivers' own timeouts.</param>
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
        builder.Services.AddSingleton<MessagesTableBatches>();
        builder.Services.AddSingleton<ConversationCache>();
        builder.Services.AddSingleton<ConversationUpgrade>();
        builder.Services.AddSingleton<MessageGroupStore>();
        builder.Services.AddSingleton<MessageAnnouncements>();
        builder.Services.AddSingleton<MessageStore>();
        builder.Services.AddSingleton<MessageHistory>();
        builder.Services.AddSingleton<ConversationImport>();
        builder.Services.AddSingleton<UserStore>();
        builder.Services.AddSingleton<ActivityStore>();
        return builder;
    }

    /// <summary>Adds the cache of users, and sends and receives Postgres's notifications. For a long-running process.</summary>
    /// <param name="builder">The process's host builder, after <see cref="AddCruddurData"/>.</param>
    /// <param name="isConnected">False to leave notifications out, for a process that runs without Postgres.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddCruddurNotifications<TBuilder>(this TBuilder builder, bool isConnected = true)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton<UserDirectory>();
        builder.Services.AddSingleton<INotificationHandler>(services => services.GetRequiredService<UserDirectory>());
        builder.Services.AddSingleton<NotificationListener>();
        if (isConnected)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<NotificationListener>());
            builder.Services.AddHostedService<MessageAnnouncer>();
        }

        return builder;
    }

    private static NpgsqlDataSource CreateDataSource(IServiceProvider services, TimeSpan? callDeadline)
    {
        var connectionString = CruddurDatabase.ReadConnectionString(services.GetRequiredService<IConfiguration>());

        // The slim builder starts faster, without the features that no query here uses.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.CancellationTimeout = CancellationTimeout;
        if (callDeadline is { } deadline)
        {
            builder.ConnectionStringBuilder.Timeout = (int)Math.Ceiling(deadline.TotalSeconds);
        }

        builder.EnableArrays().EnableTransportSecurity();
        // Only what belongs to a recorded trace is traced: not listening to notifications, probes or event streams.
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => System.Diagnostics.Activity.Current is { Recorded: true })
            .EnablePhysicalOpenTracing(false));
        builder.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        return builder.Build();
    }

    private static AmazonDynamoDBClient CreateDynamoDb()
    {
        try
        {
            return new(new AmazonDynamoDBConfig { RetryMode = RequestRetryMode.Standard, Timeout = TimeSpan.FromSeconds(10) });
        }
        catch (AmazonClientException exception)
        {
            throw new InvalidOperationException(
                "The address of DynamoDB is missing. Start the system with `dotnet run --project AppHost`, or set AWS_REGION and the AWS "
                + "profile to use.",
                exception);
        }
    }
}
