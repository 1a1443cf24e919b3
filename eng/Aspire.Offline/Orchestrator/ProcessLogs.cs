using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Reads the logs of one run of a process into the resource's log.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer needs no disposal.")]
internal sealed class ProcessLogs
{
    private static readonly string[] Sources = ["stdout", "stderr", "system"];

    private readonly DcpClient _client;
    private readonly ResourceLoggerService _loggers;
    private readonly string _id;
    private readonly int[] _read = new int[Sources.Length];
    private readonly CancellationTokenSource _following = new();
    private readonly Task _followers;

    public ProcessLogs(DcpClient client, ResourceLoggerService loggers, string id)
    {
        (_client, _loggers, _id) = (client, loggers, id);
        _followers = Task.WhenAll(Sources.Select((_, source) => Task.Run(() => FollowAsync(source))));
    }

    /// <summary>Reads the rest of the log when the process has ended. A followed stream does not end with the process.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        for (var source = 0; source < Sources.Length; source++)
        {
            var line = 0;
            await foreach (var text in _client.ReadLogAsync(_id, Sources[source], follow: false, cancellationToken))
            {
                if (line++ >= _read[source])
                {
                    Append(source, text);
                }
            }
        }
    }

    /// <summary>Stops following.</summary>
    public async Task CloseAsync()
    {
        await _following.CancelAsync();
        await _followers;
    }

    private async Task FollowAsync(int source)
    {
        try
        {
            await foreach (var text in _client.ReadLogAsync(_id, Sources[source], follow: true, _following.Token))
            {
                _read[source]++;
                Append(source, text);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // The process has ended, or dcp has.
        }
    }

    private void Append(int source, string text)
    {
        var isSystem = Sources[source] == "system";
        var isError = isSystem ? text.Contains("\terror\t", StringComparison.Ordinal) : Sources[source] == "stderr";
        _loggers.Append(_id, isSystem ? FormatSystemLine(text) : text, isError);
    }

    /// <summary>A line of dcp itself has a time, a level, a category, a message and JSON, separated by tabs.</summary>
    private static string FormatSystemLine(string line)
    {
        var parts = line.Split('\t', 5);
        if (parts.Length < 4)
        {
            return line;
        }

        var time = DateTime.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var parsed)
            ? parsed.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : parts[0];
        var error = parts.Length > 4 ? Error(parts[4]) : null;
        return $"{time} [sys] {parts[3]}{(error is null ? "" : ": " + error)}";
    }

    private static string? Error(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
