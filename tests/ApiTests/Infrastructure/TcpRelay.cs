using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>A way to a server that a test can block: what the server is to its clients when it is away.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Socket> _sockets = [];
    private TcpListener _listener;
    private volatile TaskCompletionSource _isFlowing = Flowing();

    /// <summary>Opens the way.</summary>
    public TcpRelay(string host, int port)
    {
        _host = host;
        _port = port;
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>Where the way begins, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Breaks the connections and refuses new ones, as when the server has ended.</summary>
    public void Refuse()
    {
        _listener.Dispose();
        while (_sockets.TryTake(out var socket))
        {
            socket.Dispose();
        }
    }

    /// <summary>Keeps the connections, takes new ones, and lets nothing through, as when the server hangs.</summary>
    public void Hang() => _isFlowing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens the way again.</summary>
    public void Resume()
    {
        if (!_listener.Server.IsBound)
        {
            _listener = Listen(Port);
        }

        _isFlowing.TrySetResult();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Refuse();
        _isFlowing.TrySetResult();
        _end.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        flowing.SetResult();
        return flowing;
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Refusing, or the end.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(client);
        _sockets.Add(server);
        try
        {
            await server.ConnectAsync(_host, _port, _end.Token);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has gone.
        }

        client.Dispose();
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
            {
                await _isFlowing.Task;
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has gone.
        }
    }
}
