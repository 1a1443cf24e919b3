using System.Collections.Immutable;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Maps the processes of dcp to snapshots.</summary>
internal sealed class ProcessSnapshots(EndpointAllocator endpoints)
{
    public CustomResourceSnapshot Update(
        CustomResourceSnapshot previous, IResource resource, DcpExecutable executable, ProcessSpecification? specification)
    {
        var status = executable.Status;
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
        return Properties(resource, executable, specification).Aggregate(next, (snapshot, property) => snapshot.WithProperty(property));
    }

    public ImmutableArray<UrlSnapshot> Urls(IResource resource, string instanceId, string? state) =>
    [
        .. resource.Annotations.OfType<ResourceUrlAnnotation>().Select(url =>
            new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, IsInternal: url.DisplayLocation is UrlDisplayLocation.DetailsOnly)
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

    private static IEnumerable<ResourcePropertySnapshot> Properties(
        IResource resource, DcpExecutable executable, ProcessSpecification? specification)
    {
        var arguments = executable.Status?.EffectiveArgs ?? [];
        if (resource is ProjectResource project)
        {
            var profile = project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var annotation) ? annotation.Name : null;
            yield return Highlighted(KnownProperties.ProjectPath, project.Metadata.ProjectPath, "Project path", 0);
            yield return Highlighted(KnownProperties.ProjectLaunchProfile, profile, "Launch profile", 1);
            yield return new(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath);
            yield return new(KnownProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory);
            yield return new(KnownProperties.ExecutableArgs, arguments) { IsSensitive = true };
        }
        else
        {
            yield return Highlighted(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath, "Executable path", 0);
            yield return Highlighted(KnownProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory, "Working directory", 1);
            yield return Highlighted(KnownProperties.ExecutableArgs, arguments, "Executable arguments", 2) with { IsSensitive = true };
        }

        yield return Highlighted(KnownProperties.ExecutablePid, executable.Status?.Pid, "Process ID", 3);

        // The dashboard shows these in its Source column, without the arguments of dotnet run.
        var (tool, own) = (specification?.ToolArguments.Count ?? 0, specification?.Arguments ?? []);
        var sensitive = own.Any(a => a.IsSensitive);
        var shown = own.Select((a, i) => arguments.Count > tool + i ? arguments[tool + i] : a.Value).ToArray();
        yield return new(KnownProperties.AppArgs, shown) { IsSensitive = sensitive };
        yield return new(KnownProperties.AppArgsSensitivity, own.Select(a => a.IsSensitive ? 1 : 0).ToArray()) { IsSensitive = sensitive };
    }

    private static ResourcePropertySnapshot Highlighted(string name, object? value, string displayName, int sortOrder) =>
        new(name, value) { DisplayName = displayName, IsHighlighted = true, SortOrder = sortOrder };
}
