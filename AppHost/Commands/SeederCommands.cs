using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Commands;

/// <summary>The commands of the seeder, which concern all data.</summary>
public static class SeederCommands
{
    private static readonly string[] Servers = [CruddurResources.Postgres, CruddurResources.DynamoDb, CruddurResources.Cognito];

    private static readonly VerbCommand[] Verbs =
    [
        new("setup", "Set up again", "setup", "Wrench", "Creates what is missing: schemas, seed data, and the links to the user pool.")
        {
            Servers = Servers,
            ChangesData = true,
            OnSuccess = StartAfterFailureAsync,
        },
        new("reset", "Reset everything", "reset", "Broom", "Deletes the table and the database, and sets both up again.")
        {
            Servers = Servers,
            ChangesData = true,
            Confirmation = "Delete all messages, users and activities, and set up again?",
            OnSuccess = StartAfterFailureAsync,
        },
    ];

    /// <summary>Adds the commands for all data.</summary>
    /// <param name="seeder">The seeder.</param>
    public static IResourceBuilder<ProjectResource> WithSeederCommands(this IResourceBuilder<ProjectResource> seeder) =>
        seeder.WithVerbs(Verbs);

    /// <summary>Starts the seeder when its last run has failed, because the API waits for a run that succeeds.</summary>
    private static async Task StartAfterFailureAsync(ExecuteCommandContext context)
    {
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        if (notifications.TryGetCurrentState(context.ResourceName, out var seeder)
            && KnownResourceStates.TerminalStates.Contains(seeder.Snapshot.State?.Text) && seeder.Snapshot.ExitCode is not 0)
        {
            await context.Services.GetRequiredService<ResourceCommandService>()
                .ExecuteCommandAsync(context.ResourceName, KnownResourceCommands.StartCommand, context.CancellationToken);
        }
    }
}
