using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Commands;

/// <summary>Adds verbs of the seeder to resources, as commands.</summary>
internal static class VerbCommandExtensions
{
    /// <summary>
    /// Adds commands that run verbs. What a verb prints goes to the console log of the resource, and its result is shown at once.
    /// </summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <param name="commands">The commands, in the order of the menu.</param>
    public static IResourceBuilder<T> WithVerbs<T>(this IResourceBuilder<T> resource, params IReadOnlyList<VerbCommand> commands)
        where T : IResource
    {
        foreach (var command in commands)
        {
            resource.WithCommand(command.Name, command.DisplayName, context => RunAsync(resource.Resource, command, context), new()
            {
                Description = command.Description,
                IconName = command.IconName,
                ConfirmationMessage = command.Confirmation,
                Arguments = [.. command.Inputs.Select(input => input.Field)],
                ValidateArguments = context =>
                {
                    foreach (var input in command.Inputs)
                    {
                        input.Validate(context);
                    }

                    return Task.CompletedTask;
                },
                UpdateState = context => CommandState.Get(context.Services, command.Servers, command.ChangesData),
            });
        }

        return resource.WithAnnotation(new StatefulCommandsAnnotation());
    }

    private static async Task<ExecuteCommandResult> RunAsync(IResource resource, VerbCommand command, ExecuteCommandContext context)
    {
        string? running = null;
        using var change = command.ChangesData
            ? context.Services.GetRequiredService<StackChanges>().TryBegin($"{resource.Name} {command.Name}", out running)
            : null;
        if (running is not null)
        {
            return CommandResults.Failure(StackChanges.Explain(running));
        }

        var variables = await context.Services.GetRequiredService<SessionService>().Variables.WaitAsync(context.CancellationToken);
        string[] arguments =
        [
            .. command.Verb.Split(' '),
            .. VerbInput.Options(command.Inputs, context.Arguments),
            "--markdown",
            .. command.Confirmation is null ? (string[])[] : ["--yes"],
            .. VerbInput.Positional(command.Inputs, context.Arguments),
        ];
        var result = await SeederProgram.RunAsync(arguments, variables, context.Logger, context.CancellationToken);
        if (result.ExitCode is not 0)
        {
            return CommandResults.Failure(
                result.LastError ?? string.Create(CultureInfo.InvariantCulture, $"The verb ended with exit code {result.ExitCode}."));
        }

        if (command.OnSuccess is { } onSuccess)
        {
            await onSuccess(context);
        }

        return CommandResults.Success(Summarize(result.Output), result.Output, CommandResultFormat.Markdown, displayImmediately: true);
    }

    /// <summary>The line after the table, which says how many rows there are. Steps have none.</summary>
    private static string Summarize(string markdown) =>
        markdown.TrimEnd().Split('\n')[^1] is var line && line.StartsWith('|') ? "Done" : line;
}
