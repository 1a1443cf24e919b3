using System.Collections;
using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using CheckStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of one instance of a resource at one moment. The dashboard shows it, and waits test it.</summary>
public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }

    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    public DateTime? CreationTimeStamp { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public DateTime? StopTimeStamp { get; init; }

    public ResourceStateSnapshot? State { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The worst of the health reports, or healthy where there are none. Null unless the resource is running.</summary>
    public HealthStatus? HealthStatus => State?.Text == KnownResourceStates.Running
        ? HealthReports.Select(r => r.Status ?? CheckStatus.Unhealthy).Append(CheckStatus.Healthy).Min()
        : null;

    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    public bool IsHidden { get; init; }

    public string? IconName { get; init; }

    public IconVariant? IconVariant { get; init; }

    /// <summary>The handlers of the ready event; null until the resource has been healthy for the first time.</summary>
    internal Task? ReadyEvent { get; init; }

    /// <summary>The <see cref="System.Diagnostics.Stopwatch"/> time of the last start. Earlier health checks do not count.</summary>
    internal long StartedAt { get; init; }

    internal long Version { get; init; }

    internal bool ContentEquals(CustomResourceSnapshot other) =>
        Scalars(this) == Scalars(other)
        && Properties.SequenceEqual(other.Properties)
        && HealthReports.SequenceEqual(other.HealthReports)
        && EnvironmentVariables.SequenceEqual(other.EnvironmentVariables)
        && Urls.SequenceEqual(other.Urls)
        && Commands.SequenceEqual(other.Commands)
        && Relationships.SequenceEqual(other.Relationships);

    internal CustomResourceSnapshot WithProperty(ResourcePropertySnapshot property) =>
        this with { Properties = [.. Properties.Where(p => p.Name != property.Name), property] };

    internal CustomResourceSnapshot WithoutProperty(string name) =>
        Properties.Any(p => p.Name == name) ? this with { Properties = [.. Properties.Where(p => p.Name != name)] } : this;

    private static CustomResourceSnapshot Scalars(CustomResourceSnapshot snapshot) => snapshot with
    {
        Version = 0,
        Properties = [],
        HealthReports = [],
        EnvironmentVariables = [],
        Urls = [],
        Commands = [],
        Relationships = [],
    };
}

/// <summary>A state and its colour.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}

/// <summary>A property of a resource. Lists are compared by their items.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    public string? DisplayName { get; init; }

    public bool IsSensitive { get; init; }

    public bool IsHighlighted { get; init; }

    public int? SortOrder { get; init; }

    public bool Equals(ResourcePropertySnapshot? other) =>
        other is not null
        && (Name, DisplayName, IsSensitive, IsHighlighted, SortOrder)
            == (other.Name, other.DisplayName, other.IsSensitive, other.IsHighlighted, other.SortOrder)
        && (Equals(Value, other.Value)
            || (Value is IEnumerable<string> a && other.Value is IEnumerable<string> b && a.SequenceEqual(b))
            || (Value is IEnumerable<int> c && other.Value is IEnumerable<int> d && c.SequenceEqual(d)));

    public override int GetHashCode() => HashCode.Combine(Name, DisplayName, IsSensitive);
}

/// <summary>A variable of the process, and whether the app model set it.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>A URL of the resource. It is inactive while nothing listens there.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    public bool IsInactive { get; init; }

    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new("");
}

/// <summary>How the dashboard shows a URL.</summary>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName);

/// <summary>An edge in the dashboard's graph.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>The last result of a health check. The status is null until the check has run.</summary>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    public DateTime? LastRunAt { get; init; }
}

/// <summary>A command and whether it can be run.</summary>
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted)
{
    /// <summary>The arguments that the command accepts.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; init; } = [];
}

/// <summary>A change of a resource instance.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    /// <summary>The id of the instance: the resource's name, with a random suffix for a process.</summary>
    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
