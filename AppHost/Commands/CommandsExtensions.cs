using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Commands;

/// <summary>Adds what the commands have in common to the AppHost.</summary>
public static class CommandsExtensions
{
    /// <summary>Lets one command at a time change data, and enables commands by the state of the servers.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static void AddCommands(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        builder.Services.AddSingleton<StackChanges>();
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, cancellationToken) =>
        {
            // It goes on for as long as the AppHost runs.
            _ = CommandState.FollowAsync(@event.Services);
            return Task.CompletedTask;
        });
    }
}
