using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Allocates a port for every endpoint. The proxy of dcp listens there, or the process itself where there is no proxy.</summary>
internal sealed partial class EndpointAllocator(DistributedApplicationModel model, DcpServer dcp, EngineOptions options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<int>> _ports = new();
    private readonly ConcurrentDictionary<(string Service, string InstanceId), bool> _active = new();

    /// <summary>The name of an endpoint in dcp.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) =>
        $"{resource.Name}-{endpoint.Name}".ToLowerInvariant();

    /// <summary>The template that dcp replaces with the port that a process listens on.</summary>
    [GeneratedRegex("""(\{\{ portForServing "[^"]+" \}\})""")]
    public static partial Regex PortTemplate();

    /// <summary>Creates a service for every endpoint and waits until all have ports.</summary>
    /// <exception cref="DistributedApplicationException">A fixed port is in use.</exception>
    public async Task AllocateAsync(CancellationToken cancellationToken)
    {
        var endpoints = model.Resources.Where(r => r.HasProcess())
            .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Resource: r, Endpoint: e))).ToArray();
        await Task.WhenAll(endpoints.Select(async e =>
        {
            var name = ServiceName(e.Resource, e.Endpoint);
            var port = await AllocateAsync(e.Resource, e.Endpoint, name, cancellationToken);
            e.Endpoint.SetAllocated(port, $$$"""{{ portForServing "{{{name}}}" }}""");
        }));
    }

    /// <summary>Records the port of a service.</summary>
    public void OnService(DcpWatchEvent<DcpService> change)
    {
        if (!change.IsDeletion && change.Object.Status is { EffectivePort: > 0 and { } port, EffectiveAddress.Length: > 0 })
        {
            Port(change.Object.Metadata.Name).TrySetResult(port);
        }
    }

    /// <summary>Records whether a process serves an endpoint, and returns the id of the process.</summary>
    public string? OnEndpoint(DcpWatchEvent<DcpEndpoint> change)
    {
        if (change.Object.Metadata.OwnerReferences is not [var owner, ..])
        {
            return null;
        }

        var key = (change.Object.Spec.ServiceName, owner.Name);
        if (change.IsDeletion)
        {
            _active.TryRemove(key, out _);
        }
        else
        {
            _active[key] = true;
        }

        return owner.Name;
    }

    /// <summary>Whether an endpoint is served: by one instance, or by any instance of its resource.</summary>
    public bool IsActive(IResource resource, EndpointAnnotation endpoint, string? instanceId)
    {
        var service = ServiceName(resource, endpoint);
        return instanceId is null ? _active.Keys.Any(k => k.Service == service) : _active.ContainsKey((service, instanceId));
    }

    private async Task<int> AllocateAsync(IResource resource, EndpointAnnotation endpoint, string name, CancellationToken cancellationToken)
    {
        Validate(resource, endpoint);
        var fixedPort = endpoint.Port is 0 || (options.RandomizePorts && endpoint.IsProxied) ? null : endpoint.Port;
        if (!endpoint.IsProxied)
        {
            fixedPort ??= FreePort();
            endpoint.Port = endpoint.TargetPort = fixedPort;
        }

        if (fixedPort is { } wanted && IsTaken(wanted))
        {
            throw PortTaken(resource, endpoint, wanted);
        }

        await dcp.Client.CreateAsync(
            new DcpService(
                new DcpMetadata { Name = name },
                new DcpServiceSpec { Port = fixedPort, AddressAllocationMode = endpoint.IsProxied ? "Localhost" : "Proxyless" }),
            cancellationToken);
        if (!endpoint.IsProxied)
        {
            return fixedPort!.Value;
        }

        try
        {
            return await Port(name).Task.WaitAsync(Timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            // dcp does not report that a port is in use.
            throw fixedPort is { } port ? PortTaken(resource, endpoint, port) : new DistributedApplicationException(
                $"The orchestrator allocated no port for endpoint '{endpoint.Name}' of resource '{resource.Name}'.");
        }
    }

    private static void Validate(IResource resource, EndpointAnnotation endpoint)
    {
        var fault = endpoint switch
        {
            { UriScheme: "https" } => "uses https, which the offline hosting build does not support: use http",
            { IsProxied: false, Port: { } port } when port != endpoint.TargetPort => "has no proxy: Port and TargetPort must be the same",
            { IsProxied: false } when resource.GetReplicaCount() > 1 => "has no proxy, so that its replicas would need the same port",
            { IsProxied: true, Port: { } port } when port == endpoint.TargetPort => "has a proxy: Port and TargetPort must differ",
            { TargetPort: not null } when resource.GetReplicaCount() > 1 => "has a TargetPort, which its replicas would all need",
            _ => null,
        };
        if (fault is not null)
        {
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' of resource '{resource.Name}' {fault}.");
        }
    }

    private TaskCompletionSource<int> Port(string service) =>
        _ports.GetOrAdd(service, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static DistributedApplicationException PortTaken(IResource resource, EndpointAnnotation endpoint, int port) => new(
        $"Port {port} of endpoint '{endpoint.Name}' of resource '{resource.Name}' is in use. "
        + "Stop the process that listens on it, or give the endpoint another port.");

    private static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
