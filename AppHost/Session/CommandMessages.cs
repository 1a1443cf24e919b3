using System.IO.Pipes;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cruddur.AppHost.Session;

/// <summary>A command of a resource that a terminal asks the AppHost to run. It is one line of JSON.</summary>
/// <param name="Resource">The name of the resource.</param>
/// <param name="Command">The name of the command.</param>
/// <param name="Arguments">The arguments of the command by their names.</param>
/// <param name="Json">Whether a table comes back as a JSON array and not as Markdown.</param>
internal sealed record CommandRequest(string Resource, string Command, IReadOnlyDictionary<string, string?> Arguments, bool Json = false);

/// <summary>How the command ended. It is one line of JSON.</summary>
/// <param name="Success">Whether the command succeeded.</param>
/// <param name="Message">One sentence about the result or the failure.</param>
/// <param name="Result">The output of the command: Markdown, or JSON where the request asks for it.</param>
internal sealed record CommandAnswer(bool Success, string? Message, string? Result);

/// <summary>Sends and receives the messages.</summary>
internal static class CommandMessages
{
    /// <summary>Sends a message.</summary>
    public static async Task SendAsync<T>(this PipeStream pipe, T message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'];
        await pipe.WriteAsync(line, cancellationToken);
    }

    /// <summary>Waits for a message.</summary>
    /// <returns>The message, or <see langword="null"/> when the other side has ended the connection.</returns>
    public static async Task<T?> ReceiveAsync<T>(this PipeStream pipe, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var reader = new StreamReader(pipe, leaveOpen: true);
        return await reader.ReadLineAsync(cancellationToken) is { } line ? JsonSerializer.Deserialize(line, type) : null;
    }
}
