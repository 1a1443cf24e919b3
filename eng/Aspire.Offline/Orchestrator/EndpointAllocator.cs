using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Gets a port for every endpoint: dcp's proxy listens there, or the process itself where there is no proxy.</summary>
internal sealed partial class EndpointAllocator(DistributedApplicationModel model, DcpServer dcp, EngineOptions options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<int>> _ports = new();
    private readonly ConcurrentDictionary<(string Service, string InstanceId), bool> _active = new();

    /// <summary>The name of an endpoint in dcp.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) =>
        resource.Annotations.OfType<EndpointAnnotation>().Count() > 1 ? $"{resource.Name}-{endpoint.Name}".ToLowerInvariant() : resource.Name.ToLowerInvariant();

    /// <summary>What <see cref="EndpointProperty.TargetPort"/> stands for where dcp chooses the port, one a replica.</summary>
    [GeneratedRegex("""(\{\{ portForServing "[^"]+" \}\})""")]
    public static partial Regex PortTemplate();

    /// <summary>Creates a service for every endpoint and waits until all have ports.</summary>
    /// <exception cref="DistributedApplicationException">A fixed port is taken.</exception>
    public async Task AllocateAsync(CancellationToken cancellationToken)
    {
        var endpoints = model.Resources.Where(r => r.HasProcess())
            .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Resource: r, Endpoint: e))).ToArray();
        await Task.WhenAll(endpoints.Select(async e =>
        {
            var name = ServiceName(e.Resource, e.Endpoint);
            var port = await AllocateAsync(e.Resource, e.Endpoint, name, cancellationToken);
            e.Endpoint.AllocatedEndpoint = new AllocatedEndpoint(e.Endpoint, "localhost", port, $$$"""{{ portForServing "{{{name}}}" }}""");
        }));
    }

    /// <summary>Notes what dcp says about a service.</summary>
    public void OnService(DcpWatchEvent<DcpService> change)
    {
        if (!change.IsDeletion && change.Object.Status is { EffectivePort: > 0 and { } port, EffectiveAddress.Length: > 0 })
        {
            Port(change.Object.Metadata.Name).TrySetResult(port);
        }
    }

    /// <summary>Notes that a process has begun or ceased to serve an endpoint, and says which process.</summary>
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

    /// <summary>Whether an endpoint is served now: by one instance, or by any of its resource's.</summary>
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
                new DcpMetadata { Name = name, Annotations = new() { ["resource-name"] = resource.Name, ["endpoint-name"] = endpoint.Name } },
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
            // dcp keeps silent about a port that it cannot have.
            throw fixedPort is { } port ? PortTaken(resource, endpoint, port) : new DistributedApplicationException($"The orchestrator found no port for endpoint '{endpoint.Name}' of resource '{resource.Name}' within {Timeout.TotalSeconds} s.");
        }
    }

    private static void Validate(IResource resource, EndpointAnnotation endpoint)
    {
        var fault = endpoint switch
        {
            { TlsEnabled: true } => "uses https, which the offline hosting build does not carry: use an http launch profile or endpoint",
            { IsProxied: false, Port: { } port } when port != endpoint.TargetPort => "has no proxy, and different values of Port and TargetPort; without a proxy they must be the same",
            { IsProxied: false } when resource.GetReplicaCount() > 1 => "has no proxy, which several replicas cannot share",
            { IsProxied: true, Port: { } port } when port == endpoint.TargetPort => "has the same Port and TargetPort, but proxy and process cannot both listen there: set isProxied to false",
            { TargetPort: not null } when resource.GetReplicaCount() > 1 => "has a fixed TargetPort, which several replicas cannot share",
            _ => null,
        };
        if (fault is not null)
        {
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' of resource '{resource.Name}' {fault}.");
        }
    }

    private TaskCompletionSource<int> Port(string service) => _ports.GetOrAdd(service, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static DistributedApplicationException PortTaken(IResource resource, EndpointAnnotation endpoint, int port) => new(
        $"Port {port}, which endpoint '{endpoint.Name}' of resource '{resource.Name}' wants, is in use. Stop the process that listens on it, or give the endpoint another port.");

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
