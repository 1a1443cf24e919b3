using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Report;

/// <summary>Reads the end of a resource's console log.</summary>
internal static class LogEnd
{
    private const int MaxLines = 15;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>The last 15 lines. Reading ends after two seconds, with what has been read by then.</summary>
    /// <param name="logs">The console logs.</param>
    /// <param name="resource">The resource.</param>
    public static async Task<IEnumerable<string>> ReadEndAsync(this ResourceLoggerService logs, IResource resource)
    {
        var lines = new List<LogLine>();
        using var timer = new CancellationTokenSource(Timeout);
        try
        {
            await foreach (var batch in logs.GetAllAsync(resource).WithCancellation(timer.Token))
            {
                lines.AddRange(batch);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            // What has been read is better than nothing.
        }

        return InOrder(lines.Select(line => line.Content)).TakeLast(MaxLines);
    }

    /// <summary>
    /// Sorts lines by the timestamp that each begins with, because the log of a container comes in batches of its streams. A line
    /// without a timestamp belongs to the one before.
    /// </summary>
    private static IEnumerable<string> InOrder(IEnumerable<string> lines)
    {
        var latest = "";
        return lines
            .Select(line => (Timestamp: latest = TimestampOf(line) ?? latest, Line: line))
            .ToArray()
            .OrderBy(entry => entry.Timestamp, StringComparer.Ordinal)
            .Select(entry => entry.Line);
    }

    private static string? TimestampOf(string line)
    {
        var first = line.Split(' ', 2)[0];
        var isTimestamp = first.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, out _);
        return isTimestamp ? first : null;
    }
}
