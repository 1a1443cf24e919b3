using System.Diagnostics;
using Cruddur.Seeder.Listings;
using Cruddur.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace Cruddur.Seeder.Steps;

/// <summary>Runs steps and prints listings. Each step has a line on the console, a span and a log record.</summary>
internal sealed partial class StepRunner(TextWriter output, TextWriter error, ILogger<StepRunner> logger)
{
    private static readonly ActivitySource Source = new(TelemetryNames.Seeder);

    /// <summary>Runs the steps in order until one fails.</summary>
    /// <returns>The process's exit code: 0, or 1 if a step failed.</returns>
    public async Task<int> RunAsync(string verb, IReadOnlyList<ISeederStep> steps, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity(verb);
        foreach (var step in steps)
        {
            if (!await TryRunAsync(step, cancellationToken))
            {
                activity?.SetStatus(ActivityStatusCode.Error);
                return 1;
            }
        }

        return 0;
    }

    /// <summary>Prints a listing and records a span.</summary>
    /// <returns>The process's exit code: 0, or 1 if the listing failed.</returns>
    public async Task<int> ListAsync(ISeederListing listing, bool isJson, CancellationToken cancellationToken)
    {
        var isDone = await TryAsync(
            listing.Verb,
            listing.Server,
            async activity =>
            {
                var count = isJson
                    ? await ListingPrinter.PrintJsonAsync(listing, output, cancellationToken)
                    : await ListingPrinter.PrintTableAsync(listing, output, cancellationToken);
                activity?.SetTag("cruddur.rows.listed", count);
            },
            cancellationToken);
        return isDone ? 0 : 1;
    }

    private Task<bool> TryRunAsync(ISeederStep step, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        return TryAsync(
            step.Verb,
            step.Server,
            async activity =>
            {
                var result = await step.RunAsync(cancellationToken);
                foreach (var (name, value) in result.Counts)
                {
                    activity?.SetTag($"cruddur.{name}", value);
                }

                var elapsed = Stopwatch.GetElapsedTime(start);
                await output.WriteLineAsync($"{step.Verb,-24} {result.Summary} ({elapsed.TotalSeconds:0.0} s)");
                LogDone(logger, step.Verb, result.Summary);
            },
            cancellationToken);
    }

    private async Task<bool> TryAsync(string verb, SeederServer server, Func<Activity?, Task> work, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity(verb);
        try
        {
            await work(activity);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = FailureReason.Explain(server, exception);
            activity?.AddException(exception).SetStatus(ActivityStatusCode.Error, reason);
            await error.WriteLineAsync($"{verb,-24} failed: {reason}");
            LogFailed(logger, exception, verb, reason);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Verb}: {Summary}")]
    private static partial void LogDone(ILogger logger, string verb, string summary);

    [LoggerMessage(LogLevel.Error, "{Verb} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string verb, string reason);
}
