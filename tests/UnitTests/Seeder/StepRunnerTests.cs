using System.Diagnostics;
using System.Text.Json.Nodes;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cruddur.UnitTests.Seeder;

public sealed class StepRunnerTests
{
    [Fact]
    public async Task Each_step_has_a_line_and_a_span_with_its_counts()
    {
        var (exitCode, output, error, spans) = await RunAsync(
            new Step("first", new("did it", new StepCount("rows.added", 3))), new Step("second", new("did that")));

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^first +did it \(\d+\.\d s\)\r?\nsecond +did that \(\d+\.\d s\)\r?\n$", output);
        Assert.Empty(error);
        Assert.Equal(["first", "second", "all"], spans.Select(span => span.OperationName));
        Assert.Equal(3, spans[0].GetTagItem("cruddur.rows.added"));
    }

    [Fact]
    public async Task A_failed_step_ends_the_run_with_its_reason()
    {
        var (exitCode, output, error, spans) = await RunAsync(
            new Step("first", Failure: new InvalidOperationException("There is no user.")), new Step("second", new("did that")));

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Matches(@"^first +failed: There is no user\.\r?\n$", error);
        Assert.Equal(["first", "all"], spans.Select(span => span.OperationName));
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal("exception", Assert.Single(spans[0].Events).Name);
    }

    [Fact]
    public async Task Markdown_has_a_row_for_each_step()
    {
        var (exitCode, output, _, _) = await RunAsync(
            OutputFormat.Markdown, new Step("first", new("a | b")), new Step("second", Failure: new InvalidOperationException("No.")));

        Assert.Equal(1, exitCode);
        Assert.Matches(@"^\| step \| result \| time \|\r?\n\| --- \| --- \| --- \|\r?\n\| first \| a \\\| b \| \d+\.\d s \|\r?\n$", output);
    }

    [Fact]
    public async Task JSON_is_an_object_with_the_counts_and_the_failure()
    {
        var (_, output, error, _) = await RunAsync(
            OutputFormat.Json,
            new Step("first", new("did it", new StepCount("rows.added", 3))),
            new Step("second", Failure: new InvalidOperationException("No.")));

        var report = JsonNode.Parse(output)!;
        Assert.Equal("all", report["verb"]!.GetValue<string>());
        Assert.Equal("did it", report["steps"]![0]!["summary"]!.GetValue<string>());
        Assert.Equal(3, report["steps"]![0]!["counts"]!["rows.added"]!.GetValue<int>());
        Assert.InRange(report["steps"]![0]!["seconds"]!.GetValue<double>(), 0, 60);
        Assert.Equal("No.", report["steps"]![1]!["error"]!.GetValue<string>());
        Assert.Contains("failed: No.", error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Error, List<Activity> Spans)> RunAsync(params Step[] steps) =>
        RunAsync(OutputFormat.Text, steps);

    private static async Task<(int ExitCode, string Output, string Error, List<Activity> Spans)> RunAsync(
        OutputFormat format, params Step[] steps)
    {
        var spans = new List<Activity>();
        using var parent = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Cruddur.Seeder",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == parent.TraceId)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var runner = new StepRunner(new(output, error), NullLogger<StepRunner>.Instance);
        var exitCode = await runner.RunAsync("all", steps, format, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString(), spans);
    }

    private sealed record Step(string Verb, StepResult? Result = null, Exception? Failure = null) : ISeederStep
    {
        public SeederServer Server => SeederServer.Postgres;

        public Task<StepResult> RunAsync(CancellationToken cancellationToken) =>
            Failure is null ? Task.FromResult(Result!) : Task.FromException<StepResult>(Failure);
    }
}
