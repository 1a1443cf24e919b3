using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Session;
using Cruddur.Seeder.Output;

namespace Cruddur.AppHost.Commands;

/// <summary>A table as the result of a command: Markdown for the dashboard, JSON for a terminal that asks for it.</summary>
/// <param name="columns">The names of the columns.</param>
/// <param name="rows">The rows, with a value for each column.</param>
internal sealed class ResultTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The result of a command that has succeeded. The dashboard shows the table at once.</summary>
    /// <param name="message">One sentence about the result.</param>
    public ExecuteCommandResult ToResult(string message) => CommandChannel.IsJsonRequested
        ? CommandResults.Success(message, ToJson(), CommandResultFormat.Json, displayImmediately: false)
        : CommandResults.Success(message, ToMarkdown(), CommandResultFormat.Markdown, displayImmediately: true);

    /// <summary>The table in GitHub's Markdown, as the verbs write theirs.</summary>
    internal string ToMarkdown() => string.Concat(
        rows.Select(MarkdownTable.Row).Prepend(MarkdownTable.Header(columns)).Select(line => line.ReplaceLineEndings("\n") + "\n"));

    /// <summary>An array with an object for each row.</summary>
    internal string ToJson() =>
        JsonSerializer.Serialize(rows.Select(row => columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)), Json);
}
