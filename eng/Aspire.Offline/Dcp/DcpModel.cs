using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>An object of dcp's API, as far as it is used here.</summary>
internal interface IDcpObject
{
    static abstract string Kind { get; }

    /// <summary>The name of the collection in a URL.</summary>
    static abstract string Collection { get; }

    DcpMetadata Metadata { get; }
}

internal sealed record DcpMetadata
{
    public required string Name { get; init; }

    /// <summary>Identifies an object. An earlier object of the same name has another value.</summary>
    public string? Uid { get; init; }

    public DateTime? CreationTimestamp { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<DcpOwner>? OwnerReferences { get; init; }
}

internal sealed record DcpOwner(string Name);

/// <summary>A process.</summary>
internal sealed record DcpExecutable(DcpMetadata Metadata, DcpExecutableSpec Spec) : IDcpObject
{
    public static string Kind => "Executable";

    public static string Collection => "executables";

    public DcpExecutableStatus? Status { get; init; }
}

internal sealed record DcpExecutableSpec
{
    public required string ExecutablePath { get; init; }

    public string? WorkingDirectory { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    public IReadOnlyList<DcpVariable> Env { get; init; } = [];

    public string ExecutionType { get; init; } = "Process";

    public DcpAmbientEnvironment AmbientEnvironment { get; init; } = new("Inherit");

    /// <summary>Set by <see cref="DcpClient.StopExecutableAsync"/>. It cannot be unset.</summary>
    public bool? Stop { get; init; }
}

internal sealed record DcpAmbientEnvironment(string Behavior);

internal sealed record DcpVariable(string Name, string? Value);

internal sealed record DcpExecutableStatus
{
    /// <summary>
    /// Empty before the start, then <c>Starting</c>, <c>Running</c>, <c>Stopping</c>, and one of <c>Finished</c>, <c>Terminated</c>,
    /// <c>FailedToStart</c>, <c>Unknown</c>.
    /// </summary>
    public string? State { get; init; }

    public long? Pid { get; init; }

    public int? ExitCode { get; init; }

    public DateTime? StartupTimestamp { get; init; }

    public DateTime? FinishTimestamp { get; init; }

    public IReadOnlyList<DcpVariable>? EffectiveEnv { get; init; }

    public IReadOnlyList<string>? EffectiveArgs { get; init; }
}

/// <summary>A port that clients connect to, with or without dcp's proxy.</summary>
internal sealed record DcpService(DcpMetadata Metadata, DcpServiceSpec Spec) : IDcpObject
{
    public static string Kind => "Service";

    public static string Collection => "services";

    public DcpServiceStatus? Status { get; init; }
}

internal sealed record DcpServiceSpec
{
    public string Protocol { get; init; } = "TCP";

    public string Address { get; init; } = "localhost";

    public int? Port { get; init; }

    /// <summary><c>Localhost</c> for a proxy, <c>Proxyless</c> without.</summary>
    public required string AddressAllocationMode { get; init; }
}

internal sealed record DcpServiceStatus
{
    public string? EffectiveAddress { get; init; }

    public int? EffectivePort { get; init; }
}

/// <summary>An endpoint that dcp creates when a process serves a service, and deletes when the process ends.</summary>
internal sealed record DcpEndpoint(DcpMetadata Metadata, DcpEndpointSpec Spec) : IDcpObject
{
    public static string Kind => "Endpoint";

    public static string Collection => "endpoints";
}

internal sealed record DcpEndpointSpec(string ServiceName);

/// <summary>The service that a process serves, as an annotation of an executable. Without a port, dcp chooses it.</summary>
internal sealed record DcpServiceProducer(string ServiceName, string Address, int? Port)
{
    public const string Annotation = "service-producer";
}

internal sealed record DcpWatchEvent<T>([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("object")] T Object)
{
    public bool IsDeletion => Type == "DELETED";
}
