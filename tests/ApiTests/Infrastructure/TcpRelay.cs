using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>How a server is unavailable.</summary>
public enum Outage
{
    /// <summary>It breaks its connections and refuses new ones, as when its process has ended.</summary>
    Refuses,

    /// <summary>It accepts connections and answers nothing, as when its process is suspended.</summary>
    Hangs,

    /// <summary>It answers each call after more than a second.</summary>
    IsSlow,
}

/// <summary>Forwards connections to a server. A test makes the server unavailable to the relay's clients, and to nobody else.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(600);

    private readonly string _host;
    private readonly int _port;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Socket> _sockets = [];
    private TcpListener _listener;
    private volatile TaskCompletionSource _isFlowing = Flowing();
    private volatile TaskCompletionSource _isAnswering = Flowing();
    private volatile bool _isSlow;

    /// <summary>Starts to forward connections.</summary>
    /// <param name="host">The host of the server.</param>
    /// <param name="port">The port of the server.</param>
    public TcpRelay(string host, int port)
    {
        _host = host;
        _port = port;
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>The port of the relay, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Makes the server unavailable.</summary>
    public void Start(Outage outage)
    {
        switch (outage)
        {
            case Outage.Refuses:
                _listener.Dispose();
                while (_sockets.TryTake(out var socket))
                {
                    socket.Dispose();
                }

                break;
            case Outage.Hangs:
                _isFlowing = new(TaskCreationOptions.RunContinuationsAsynchronously);
                break;
            case Outage.IsSlow:
                _isSlow = true;
                break;
        }
    }

    /// <summary>Lets requests through and holds their answers back, so that a client has an answer of the past.</summary>
    public void HoldAnswers() => _isAnswering = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the server available again.</summary>
    public void Resume()
    {
        if (!_listener.Server.IsBound)
        {
            _listener = Listen(Port);
        }

        _isSlow = false;
        _isFlowing.TrySetResult();
        _isAnswering.TrySetResult();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Start(Outage.Refuses);
        _isFlowing.TrySetResult();
        _isAnswering.TrySetResult();
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
            // The relay refuses connections, or has ended.
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
            await Task.WhenAny(CopyAsync(client, server, isAnswer: false), CopyAsync(server, client, isAnswer: true));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has closed the connection.
        }

        client.Dispose();
    }

    private async Task CopyAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
            {
                await _isFlowing.Task;
                await (isAnswer ? _isAnswering.Task : Task.CompletedTask);
                await Task.Delay(_isSlow ? Slowness : TimeSpan.Zero, _end.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has closed the connection.
        }
    }
}
