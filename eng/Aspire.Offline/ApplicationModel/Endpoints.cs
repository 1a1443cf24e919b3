using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// An endpoint of a resource: the port others connect to, and the port the process binds.
/// Every endpoint is on the loopback interface; networks of containers are not part of this build.
/// </summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private int? _port;
    private bool _portSetToNull;
    private int? _targetPort;
    private bool _targetPortSetToNull;
    private bool? _tlsEnabled;
    private bool? _isExplicitlyProxied;

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        if (protocol is not ProtocolType.Tcp)
        {
            throw new NotSupportedException($"The offline hosting build carries TCP endpoints only, not {protocol}.");
        }

        uriScheme ??= protocol.ToString().ToLowerInvariant();
        name ??= uriScheme;
        ResourceName.Validate(nameof(EndpointAnnotation), name);
        Protocol = protocol;
        UriScheme = uriScheme;
        _transport = transport;
        Name = name;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    /// <summary>The port others connect to; null leaves the choice to the orchestrator.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied || _portSetToNull ? null : _targetPort);
        set => (_port, _portSetToNull) = (value, value is null);
    }

    /// <summary>The port the process binds; null leaves the choice to the orchestrator.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied || _targetPortSetToNull ? null : _port);
        set => (_targetPort, _targetPortSetToNull) = (value, value is null);
    }

    public string UriScheme { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    public bool IsExternal { get; set; }

    /// <summary>Whether connections go through the orchestrator's proxy, which lets replicas share a port and a port outlive its process.</summary>
    public bool IsProxied
    {
        get => _isExplicitlyProxied ?? true;
        set => _isExplicitlyProxied = value;
    }

    public bool? IsExplicitlyProxied
    {
        get => _isExplicitlyProxied;
        set => _isExplicitlyProxied = value;
    }

    public bool ExcludeReferenceEndpoint { get; set; }

    public bool TlsEnabled
    {
        get => _tlsEnabled ?? string.Equals(UriScheme, "https", StringComparison.OrdinalIgnoreCase);
        set => _tlsEnabled = value;
    }

    /// <summary>Where the endpoint ended up; null until the orchestrator has said so.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => Allocation.IsValueSet ? Allocation.GetValueAsync().GetAwaiter().GetResult() : null;
        set
        {
            if (value is null)
            {
                Allocation.SetException(new InvalidOperationException($"The endpoint `{Name}` is not allocated"));
            }
            else
            {
                Allocation.SetValue(value);
            }
        }
    }

    internal ValueSnapshot<AllocatedEndpoint> Allocation { get; } = new();

    internal bool FromLaunchProfile { get; set; }

    internal string? TargetPortEnvironmentVariable { get; set; }

    internal bool HasName(string name) => ResourceName.Equal(Name, name);
}

/// <summary>An endpoint's address as others see it.</summary>
public class AllocatedEndpoint
{
    /// <param name="endpoint">The endpoint that was allocated.</param>
    /// <param name="address">Host name or address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="targetPortExpression">What the process gets in place of its port: a number, or a template that the orchestrator fills in.</param>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        Endpoint = endpoint;
        Address = address;
        Port = port;
        TargetPortExpression = targetPortExpression;
    }

    public EndpointAnnotation Endpoint { get; }

    public string Address { get; }

    public int Port { get; }

    public string? TargetPortExpression { get; }

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => $"{Address}:{Port}";

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}

/// <summary>Records which endpoints of another resource were referenced, so that a second reference adds to the first.</summary>
public sealed class EndpointReferenceAnnotation(IResourceWithEndpoints resource) : IResourceAnnotation
{
    public IResourceWithEndpoints Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    public bool UseAllEndpoints { get; set; }

    public ISet<string> EndpointNames { get; } = new HashSet<string>(ResourceName.Comparer);
}
