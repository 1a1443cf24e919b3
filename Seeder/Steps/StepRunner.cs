using System.Diagnostics;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Output;
using Cruddur.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace Cruddur.Seeder.Steps;

/// <summary>Runs steps and prints listings. Each step has an entry in the report, a span and a log record.</summary>
internal sealed partial class StepRunner(SeederConsole console, ILogger<StepRunner> logger)
{
    private static readonly ActivitySource Source = new(TelemetryNames.Seeder);

    /// <summary>Runs the steps in order until one fails.</summary>
    /// <param name="verb">The verb that consists of the steps.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="format">The format of the report.</param>
    /// <param name="cancellationToken">Cancels the running step.</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(
        string verb, IReadOnlyList<ISeederStep> steps, OutputFormat format, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity(verb);
        var report = StepReport.Create(format, verb, console.Output);
        var isDone = true;
        foreach (var step in steps)
        {
            if (!(isDone = await TryRunAsync(step, report, cancellationToken)))
            {
                activity?.SetStatus(ActivityStatusCode.Error);
                break;
            }
        }

        await report.EndAsync();
        return isDone ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>Prints a listing and records a span.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="format">The format of the rows.</param>
    /// <param name="maxRows">How many rows to print; null for the format's default.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> ListAsync(ISeederListing listing, OutputFormat format, int? maxRows, CancellationToken cancellationToken)
    {
        var printer = new ListingPrinter(console, format, maxRows);
        var failure = await TryAsync(
            listing.Verb,
            listing.Server,
            async activity =>
            {
                var count = await printer.PrintAsync(listing, cancellationToken);
                activity?.SetTag("cruddur.rows.listed", count);
            },
            cancellationToken);
        return failure is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task<bool> TryRunAsync(ISeederStep step, StepReport report, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var failure = await TryAsync(
            step.Verb,
            step.Server,
            async activity =>
            {
                var result = await step.RunAsync(cancellationToken);
                foreach (var (name, value) in result.Counts)
                {
                    activity?.SetTag($"cruddur.{name}", value);
                }

                await report.AddAsync(step.Verb, result, Stopwatch.GetElapsedTime(start));
                LogDone(logger, step.Verb, result.Summary);
            },
            cancellationToken);
        if (failure is not null)
        {
            await report.AddFailureAsync(step.Verb, failure);
        }

        return failure is null;
    }

    /// <returns>Why the work failed; null if it is done.</returns>
    private async Task<string?> TryAsync(
        string verb, SeederServer server, Func<Activity?, Task> work, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity(verb);
        try
        {
            await work(activity);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = FailureReason.Explain(server, exception);
            activity?.AddException(exception).SetStatus(ActivityStatusCode.Error, reason);
            await console.Error.WriteLineAsync($"{verb,-24} failed: {reason}");
            LogFailed(logger, exception, verb, reason);
            return reason;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Verb}: {Summary}")]
    private static partial void LogDone(ILogger logger, string verb, string summary);

    [LoggerMessage(LogLevel.Error, "{Verb} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string verb, string reason);
}
