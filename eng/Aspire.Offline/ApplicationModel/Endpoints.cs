using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// An endpoint of a resource: the port that clients connect to, and the port that the process listens on.
/// Every endpoint is on the loopback interface.
/// </summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _port;
    private int? _targetPort;

    /// <exception cref="NotSupportedException">The protocol is not TCP.</exception>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool isProxied = true)
    {
        if (protocol is not ProtocolType.Tcp)
        {
            throw new NotSupportedException($"The offline hosting build supports TCP endpoints only, not {protocol}.");
        }

        UriScheme = uriScheme ?? "tcp";
        Name = name ?? UriScheme;
        ResourceName.Validate(nameof(EndpointAnnotation), Name);
        (_port, _targetPort, IsProxied) = (port, targetPort, isProxied);
    }

    public string Name { get; }

    /// <summary>The port that clients connect to; null lets the orchestrator choose.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>The port that the process listens on; null lets the orchestrator choose.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    public string UriScheme { get; set; }

    /// <summary>Whether connections go through the orchestrator's proxy, which replicas can share and which outlives a restart.</summary>
    public bool IsProxied { get; set; }

    /// <summary>The address; null until the orchestrator has allocated it.</summary>
    internal AllocatedEndpoint? AllocatedEndpoint => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;

    internal bool HasName(string name) => ResourceName.Equal(Name, name);

    internal Task<AllocatedEndpoint> AllocatedAsync(CancellationToken cancellationToken) => _allocated.Task.WaitAsync(cancellationToken);

    internal void SetAllocated(int port, string targetPortExpression) =>
        _allocated.TrySetResult(new AllocatedEndpoint(UriScheme, "localhost", port, targetPortExpression));
}

/// <summary>The address of an endpoint.</summary>
/// <param name="UriScheme">The scheme of its URL.</param>
/// <param name="Address">The host name.</param>
/// <param name="Port">The port that clients connect to.</param>
/// <param name="TargetPortExpression">The template that the orchestrator replaces with the port to listen on, one for each replica.</param>
internal sealed record AllocatedEndpoint(string UriScheme, string Address, int Port, string TargetPortExpression)
{
    public string UriString => $"{UriScheme}://{Address}:{Port}";
}
