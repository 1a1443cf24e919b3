using System.CommandLine;
using System.Text.Json.Nodes;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Session;

namespace Cruddur.Seeder.Commands;

/// <summary>Gives a verb its action: it runs a command of a resource in the AppHost.</summary>
internal static class AppHostVerbs
{
    /// <summary>Runs a command in the AppHost and prints its result, a table or a sentence.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="command">The name of the command.</param>
    /// <param name="arguments">The arguments of the command for a command line.</param>
    /// <param name="confirm">Asks for a confirmation where one is needed, and returns whether to go on.</param>
    public static Verb RunsInAppHost(
        this Verb verb,
        string resource,
        string command,
        Func<ParseResult, Dictionary<string, string?>> arguments,
        Func<ParseResult, CancellationToken, Task<bool>>? confirm = null)
    {
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                if (confirm is not null && !await confirm(parsed, cancellationToken))
                {
                    return ExitCodes.NotConfirmed;
                }

                var format = VerbOptions.Format(parsed);
                var answer = await RunningAppHost.GetRequired().ExecuteCommandAsync(
                    resource, command, arguments(parsed), json: format is not OutputFormat.Markdown, cancellationToken);
                if (answer.Success)
                {
                    await PrintAsync(verb.FullName, answer.Result, answer.Message ?? "Done.", format, cancellationToken);
                    return ExitCodes.Done;
                }

                await Console.Error.WriteLineAsync(answer.Message);
                return ExitCodes.Failed;
            }
            catch (InvalidOperationException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCodes.Failed;
            }
        });
        return verb;
    }

    private static Task PrintAsync(string verb, string? result, string message, OutputFormat format, CancellationToken cancellationToken) =>
        (format, result) switch
        {
            (OutputFormat.Json, null) =>
                Console.Out.WriteLineAsync(new JsonObject { ["verb"] = verb, ["message"] = message }.ToJsonString(JsonText.Options)),
            (OutputFormat.Text, { }) when JsonNode.Parse(result) is JsonArray { Count: > 0 } rows =>
                new ListingPrinter(SeederConsole.System(), format, ListingPrinter.AllRows)
                    .PrintAsync(new ResultTable(rows), cancellationToken),
            (OutputFormat.Text, _) => Console.Out.WriteLineAsync(message),
            _ => Console.Out.WriteLineAsync(result ?? message),
        };

    /// <summary>The table that a command returns.</summary>
    private sealed class ResultTable(JsonArray rows) : ITable
    {
        public IReadOnlyList<string> Columns => [.. rows[0]!.AsObject().Select(column => column.Key)];

        public IAsyncEnumerable<JsonObject> ListAsync(CancellationToken cancellationToken) =>
            rows.Select(row => row!.AsObject()).ToAsyncEnumerable();
    }
}
