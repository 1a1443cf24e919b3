using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Cruddur.AppHost.Ports;

/// <summary>Gives resources and the dashboard the ports that developers know them by, when those ports are free.</summary>
public static class PreferredPorts
{
    /// <summary>The settings that hold the dashboard's addresses. The launch profile sets them.</summary>
    private static readonly string[] DashboardSettings =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    /// <summary>
    /// The ports of this process, held until it ends: two AppHosts that start at the same moment would both find a port free.
    /// </summary>
    private static readonly Dictionary<int, FileStream> Reservations = [];

    /// <summary>
    /// Gives the resource's <c>http</c> endpoint its port of <see cref="CruddurResources.PreferredPorts"/>, or any free one when
    /// that is taken. Where ports are random, as in tests, and when publishing, there is no preferred one.
    /// </summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="resource">The resource.</param>
    public static IResourceBuilder<T> WithPreferredPort<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints
    {
        var name = resource.Resource.Name;
        return resource.WithEndpoint("http", endpoint => endpoint.Port = resource.ApplicationBuilder.GetPreferredPort(name));
    }

    /// <summary>The port of <see cref="CruddurResources.PreferredPorts"/>, or <see langword="null"/> for any free one.</summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <param name="name">The name of the resource.</param>
    public static int? GetPreferredPort(this IDistributedApplicationBuilder builder, string name)
    {
        if (!HasPreferredPorts(builder))
        {
            return null;
        }

        var port = CruddurResources.PreferredPorts[name];
        if (TryReserve(port))
        {
            return port;
        }

        Console.WriteLine($"Port {port} is taken by another program: {name} gets another one, named below.");
        return null;
    }

    /// <summary>
    /// Replaces those of the dashboard's ports that are taken, and says which. A program that is started with a taken port would fail in
    /// the background.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    public static void UsePreferredDashboardPorts(this IDistributedApplicationBuilder builder)
    {
        if (!HasPreferredPorts(builder))
        {
            return;
        }

        foreach (var setting in DashboardSettings)
        {
            if (builder.Configuration[setting] is { } urls)
            {
                var replaced = urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ReplaceTakenPort);
                builder.Configuration[setting] = string.Join(';', replaced);
            }
        }
    }

    /// <summary>Whether nothing listens on the port, on either of the two loopback addresses.</summary>
    /// <param name="port">A TCP port.</param>
    public static bool IsFree(int port) =>
        IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    private static bool HasPreferredPorts(IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsRunMode && !builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false);

    private static string ReplaceTakenPort(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Port == 0 || TryReserve(address.Port))
        {
            return url;
        }

        var port = FindFree();
        Console.WriteLine($"Port {address.Port} is taken by another program: the dashboard uses {port} in its place.");
        return new UriBuilder(address) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Takes a free port for this process. Two AppHosts of one user never take the same.</summary>
    private static bool TryReserve(int port)
    {
        if (Reservations.ContainsKey(port))
        {
            return true;
        }

        var directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"cruddur-ports-{Environment.UserName}"));
        try
        {
            var path = Path.Combine(directory.FullName, port.ToString(CultureInfo.InvariantCulture));
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (IsFree(port))
            {
                Reservations[port] = file;
                return true;
            }

            file.Dispose();
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int FindFree()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            if (TryReserve(port))
            {
                return port;
            }
        }
    }

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
