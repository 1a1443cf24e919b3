using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Shows a process of dcp as a snapshot of its resource.</summary>
internal sealed class ProcessSnapshots(EndpointAllocator endpoints)
{
    public CustomResourceSnapshot Update(CustomResourceSnapshot previous, IResource resource, DcpExecutable executable, ProcessSpecification? specification)
    {
        var status = executable.Status;
        var project = resource as ProjectResource;
        var arguments = status?.EffectiveArgs ?? [];
        var next = previous with
        {
            State = status?.State switch
            {
                null or "" => previous.State,
                "Terminated" => KnownResourceStates.Finished,
                var state => state,
            },
            ExitCode = status?.ExitCode,
            CreationTimeStamp = executable.Metadata.CreationTimestamp?.ToUniversalTime(),
            StartTimeStamp = status?.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status?.FinishTimestamp?.ToUniversalTime(),
            EnvironmentVariables = Environment(executable),
            Urls = Urls(resource, executable.Metadata.Name, status?.State),
        };
        next = project is not null
            ? next.WithProperty(new(KnownProperties.ProjectPath, project.Metadata.ProjectPath) { DisplayName = "Project path", IsHighlighted = true, SortOrder = 0 })
                .WithProperty(new(KnownProperties.ProjectLaunchProfile, project.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault()?.Name) { DisplayName = "Launch profile", IsHighlighted = true, SortOrder = 1 })
                .WithProperty(new(KnownProperties.ExecutablePid, status?.Pid) { DisplayName = "Process ID", IsHighlighted = true, SortOrder = 2 })
                .WithProperty(new(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath))
                .WithProperty(new(KnownProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory))
                .WithProperty(new(KnownProperties.ExecutableArgs, arguments) { IsSensitive = true })
            : next.WithProperty(new(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath) { DisplayName = "Executable path", IsHighlighted = true, SortOrder = 0 })
                .WithProperty(new(KnownProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory) { DisplayName = "Working directory", IsHighlighted = true, SortOrder = 1 })
                .WithProperty(new(KnownProperties.ExecutableArgs, arguments) { DisplayName = "Executable arguments", IsSensitive = true, IsHighlighted = true, SortOrder = 2 })
                .WithProperty(new(KnownProperties.ExecutablePid, status?.Pid) { DisplayName = "Process ID", IsHighlighted = true, SortOrder = 3 });
        return specification is null ? next : WithShownArguments(next, specification, arguments);
    }

    public ImmutableArray<UrlSnapshot> Urls(IResource resource, string instanceId, string? state) =>
    [
        .. resource.Annotations.OfType<ResourceUrlAnnotation>().Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation is UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = url.Endpoint is { } endpoint
                ? !endpoints.IsActive(endpoint.Resource, endpoint.EndpointAnnotation, endpoint.Resource == resource ? instanceId : null)
                : state != KnownResourceStates.Running,
            DisplayProperties = new(url.DisplayText ?? ""),
        }),
    ];

    private static ImmutableArray<EnvironmentVariableSnapshot> Environment(DcpExecutable executable)
    {
        var own = executable.Spec.Env.Select(v => v.Name).ToHashSet();
        return
        [
            .. (executable.Status?.EffectiveEnv ?? []).OrderBy(v => v.Name, StringComparer.Ordinal)
                .Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value ?? "", own.Contains(v.Name))),
        ];
    }

    /// <summary>What stands after the path in the dashboard's Source column: the arguments less those of <c>dotnet run</c>.</summary>
    private static CustomResourceSnapshot WithShownArguments(CustomResourceSnapshot snapshot, ProcessSpecification specification, IReadOnlyList<string> effective)
    {
        var tool = specification.ToolArguments.Count;
        var shown = specification.Arguments.Select((a, i) => effective.Count > tool + i ? effective[tool + i] : a.Value).ToArray();
        var sensitive = specification.Arguments.Any(a => a.IsSensitive);
        return snapshot
            .WithProperty(new(KnownProperties.AppArgs, shown) { IsSensitive = sensitive })
            .WithProperty(new(KnownProperties.AppArgsSensitivity, specification.Arguments.Select(a => a.IsSensitive ? 1 : 0).ToArray()) { IsSensitive = sensitive });
    }
}
