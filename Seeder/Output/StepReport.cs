using System.Globalization;
using System.Text.Json.Nodes;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Output;

/// <summary>Writes what the steps of a verb did.</summary>
internal abstract class StepReport
{
    /// <summary>The report in a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="verb">The verb that runs the steps.</param>
    /// <param name="output">Receives the report.</param>
    public static StepReport Create(OutputFormat format, string verb, TextWriter output) => format switch
    {
        OutputFormat.Json => new JsonStepReport(verb, output),
        OutputFormat.Markdown => new MarkdownStepReport(output),
        _ => new TextStepReport(output),
    };

    /// <summary>Reports a step that is done.</summary>
    public abstract Task AddAsync(string verb, StepResult result, TimeSpan elapsed);

    /// <summary>Reports the step that failed. It is the last one. Its reason goes to standard error, too.</summary>
    public virtual Task AddFailureAsync(string verb, string reason) => Task.CompletedTask;

    /// <summary>Ends the report.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;

    private static string Seconds(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s");

    /// <summary>One line for each step.</summary>
    private sealed class TextStepReport(TextWriter output) : StepReport
    {
        public override Task AddAsync(string verb, StepResult result, TimeSpan elapsed) =>
            output.WriteLineAsync($"{verb,-24} {result.Summary} ({Seconds(elapsed)})");
    }

    /// <summary>A table with a row for each step.</summary>
    private sealed class MarkdownStepReport(TextWriter output) : StepReport
    {
        private bool _hasHeader;

        public override async Task AddAsync(string verb, StepResult result, TimeSpan elapsed)
        {
            if (!_hasHeader)
            {
                await output.WriteLineAsync(MarkdownTable.Header(["step", "result", "time"]));
                _hasHeader = true;
            }

            await output.WriteLineAsync(MarkdownTable.Row([verb, result.Summary, Seconds(elapsed)]));
        }
    }

    /// <summary>An object with the verb and its steps.</summary>
    private sealed class JsonStepReport(string verb, TextWriter output) : StepReport
    {
        private readonly JsonArray _steps = [];

        public override Task AddAsync(string verb, StepResult result, TimeSpan elapsed)
        {
            _steps.Add(new JsonObject
            {
                ["verb"] = verb,
                ["summary"] = result.Summary,
                ["counts"] = new JsonObject(result.Counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Name, count.Value))),
                ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
            });
            return Task.CompletedTask;
        }

        public override Task AddFailureAsync(string verb, string reason)
        {
            _steps.Add(new JsonObject { ["verb"] = verb, ["error"] = reason });
            return Task.CompletedTask;
        }

        public override Task EndAsync() =>
            output.WriteLineAsync(new JsonObject { ["verb"] = verb, ["steps"] = _steps }.ToJsonString(JsonText.Options));
    }
}
