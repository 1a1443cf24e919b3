using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Cruddur.AppHost.Startup;

/// <summary>Gives a resource the port that developers know it by, where that port is free.</summary>
public static class PreferredPortExtensions
{
    /// <summary>The resource's port of <see cref="CruddurResources.PreferredPorts"/>, or <see langword="null"/> for any free one.</summary>
    /// <param name="builder">The AppHost's builder. Where it gives random ports, as tests do, there is no preferred one.</param>
    /// <param name="resource">The name of the resource.</param>
    public static int? PreferredPort(this IDistributedApplicationBuilder builder, string resource)
    {
        if (builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false))
        {
            return null;
        }

        var port = CruddurResources.PreferredPorts[resource];
        if (IsFree(port))
        {
            return port;
        }

        Console.WriteLine($"Port {port} is taken by another program: {resource} gets another one, named below.");
        return null;
    }

    /// <summary>Whether nothing listens on the port, on either of the two loopback addresses.</summary>
    /// <param name="port">A TCP port.</param>
    public static bool IsFree(int port) => IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    private static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            // The address family is compiled in but switched off: nobody can listen there.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
