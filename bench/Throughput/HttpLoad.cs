using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cruddur.Throughput;

/// <summary>Sends prepared HTTP/1.1 requests over plain sockets, so that the client costs little beside the server it measures.</summary>
internal static class HttpLoad
{
    /// <summary>Sends requests until the time is over: over each connection one after the other, without a pause.</summary>
    /// <param name="server">The server.</param>
    /// <param name="duration">How long to send.</param>
    /// <param name="connections">For each connection its requests. The connection ends early with the last of them.</param>
    /// <exception cref="InvalidOperationException">A response is not 2xx.</exception>
    public static async Task<LoadResult> RunAsync(Uri server, TimeSpan duration, IReadOnlyList<IEnumerable<byte[]>> connections)
    {
        var start = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(connections.Select(requests => Task.Run(() => SendAsync(server, duration, requests))));
        return new(Stopwatch.GetElapsedTime(start), [.. latencies.SelectMany(latency => latency).Order()]);
    }

    private static async Task<List<TimeSpan>> SendAsync(Uri server, TimeSpan duration, IEnumerable<byte[]> requests)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        var buffer = new byte[256 * 1024];
        var latencies = new List<TimeSpan>();
        var start = Stopwatch.GetTimestamp();
        foreach (var request in requests)
        {
            if (Stopwatch.GetElapsedTime(start) > duration)
            {
                break;
            }

            var sentAt = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await ReceiveAsync(socket, buffer);
            latencies.Add(Stopwatch.GetElapsedTime(sentAt));
        }

        return latencies;
    }

    private static async Task ReceiveAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        var end = int.MaxValue;
        var isChunked = false;
        while (isChunked ? !buffer.AsSpan(0, length).EndsWith("\r\n0\r\n\r\n"u8) : length < end)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += received > 0 ? received : throw new InvalidOperationException("The server has closed the connection.");
            var headers = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end == int.MaxValue && !isChunked && headers >= 0)
            {
                var contentLength = ContentLength(buffer.AsSpan(0, headers));
                isChunked = contentLength is null;
                end = headers + 4 + contentLength.GetValueOrDefault();
            }
        }

        if (buffer["HTTP/1.1 ".Length] != (byte)'2')
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, length));
        }
    }

    /// <summary>The length of the body; null if it is chunked.</summary>
    private static int? ContentLength(ReadOnlySpan<byte> headers)
    {
        foreach (var line in headers.Split("\r\n"u8))
        {
            const string Name = "Content-Length:";
            var header = headers[line];
            if (header.Length > Name.Length && Ascii.EqualsIgnoreCase(header[..Name.Length], Name))
            {
                return int.Parse(header[Name.Length..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}

/// <summary>What a load has measured.</summary>
/// <param name="Time">How long it took.</param>
/// <param name="Latencies">How long each request took, in ascending order.</param>
internal sealed record LoadResult(TimeSpan Time, IReadOnlyList<TimeSpan> Latencies)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Latencies.Count / Time.TotalSeconds;

    /// <summary>The time that a fraction of the requests took at most.</summary>
    public TimeSpan Percentile(double fraction) => Latencies[(int)(fraction * (Latencies.Count - 1))];
}
