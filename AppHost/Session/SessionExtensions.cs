using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cruddur.AppHost.Session;

/// <summary>Makes the running AppHost known to terminals.</summary>
public static class SessionExtensions
{
    /// <summary>
    /// Lets the seeder's verbs work in any terminal of the same user: a file in the state directory has the seeder's settings and the
    /// name of a pipe that takes commands. It is there as soon as the addresses of the servers are known, until the AppHost stops.
    /// </summary>
    /// <param name="seeder">The seeder.</param>
    /// <param name="database">The database.</param>
    /// <param name="dynamoDb">DynamoDB Local, or <see langword="null"/> for DynamoDB on AWS.</param>
    /// <param name="userPool">The user pool.</param>
    public static IResourceBuilder<ProjectResource> WithSession(
        this IResourceBuilder<ProjectResource> seeder,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<IResourceWithEndpoints>? dynamoDb,
        UserPool userPool)
    {
        var builder = seeder.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
        {
            return seeder;
        }

        builder.Configuration[SeederSettings.OtlpKeySetting] ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
        var settings = new SeederSettings(seeder.Resource, database, dynamoDb, userPool);
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<SessionService>(services, settings, builder.GetStatePath()));
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, cancellationToken) =>
        {
            // It goes on for as long as the AppHost runs.
            _ = @event.Services.GetRequiredService<SessionService>().RunAsync();
            return Task.CompletedTask;
        });

        // The seeder of this AppHost gets all its settings here. It must not take a missing one from another AppHost.
        return seeder.WithEnvironment(SessionFile.EnabledVariable, "false");
    }
}
