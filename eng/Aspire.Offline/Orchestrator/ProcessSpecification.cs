using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The command line and environment of a resource's processes. All replicas share it.</summary>
/// <param name="Command">The program.</param>
/// <param name="WorkingDirectory">The directory that it starts in.</param>
/// <param name="ToolArguments">Arguments of <c>dotnet run</c>, which the dashboard does not show.</param>
/// <param name="Arguments">Arguments of the process.</param>
/// <param name="Environment">Variables that are added to those of the AppHost.</param>
internal sealed record ProcessSpecification(
    string Command,
    string WorkingDirectory,
    IReadOnlyList<string> ToolArguments,
    IReadOnlyList<ProcessArgument> Arguments,
    IReadOnlyDictionary<string, string> Environment);

/// <summary>An argument, and whether it contains a secret.</summary>
internal sealed record ProcessArgument(string Value, bool IsSensitive);

/// <summary>Collects the arguments and variables of a resource from its callbacks, and waits for their values.</summary>
internal sealed class ProcessSpecificationBuilder(DistributedApplicationOptions options, OtlpVariables otlp)
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string? _configuration = options.Assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration;

    public async Task<ProcessSpecification> BuildAsync(IResource resource, CancellationToken cancellationToken)
    {
        var arguments = await ArgumentsAsync(resource, cancellationToken);
        var environment = await EnvironmentAsync(resource, cancellationToken);
        return resource switch
        {
            ProjectResource project => new ProcessSpecification(
                "dotnet",
                Path.GetDirectoryName(project.Metadata.ProjectPath)!,
                ProjectArguments(project, arguments.Count > 0),
                arguments,
                environment),
            ExecutableResource program => new ProcessSpecification(program.Command, program.WorkingDirectory, [], arguments, environment),
            _ => throw new InvalidOperationException($"Resource '{resource.Name}' has no process."),
        };
    }

    public static DcpExecutable ToExecutable(ProcessSpecification specification, IResource resource, ResourceInstance instance)
    {
        var environment = new Dictionary<string, string>(specification.Environment);
        if (resource.HasAnnotationOfType<OtlpExporterAnnotation>())
        {
            // The dashboard maps telemetry to resources by these.
            environment.TryAdd("OTEL_SERVICE_NAME", resource.Name);
            environment.TryAdd("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instance.Suffix}");
        }

        var produced = resource.Annotations.OfType<EndpointAnnotation>()
            .Select(e => new DcpServiceProducer(EndpointAllocator.ServiceName(resource, e), "localhost", e.TargetPort)).ToArray();
        var annotations = new Dictionary<string, string> { ["resource-name"] = resource.Name };
        if (produced.Length > 0)
        {
            annotations[DcpServiceProducer.Annotation] = JsonSerializer.Serialize(produced, Json);
        }

        return new DcpExecutable(
            new DcpMetadata { Name = instance.Id, Annotations = annotations },
            new DcpExecutableSpec
            {
                ExecutablePath = specification.Command,
                WorkingDirectory = specification.WorkingDirectory,
                Args = [.. specification.ToolArguments.Concat(specification.Arguments.Select(a => a.Value)).Select(EscapeTemplates)],
                Env = [.. environment.Select(v => new DcpVariable(v.Key, EscapeTemplates(v.Value)))],
            });
    }

    private List<string> ProjectArguments(ProjectResource project, bool more)
    {
        var metadata = project.Metadata;
        List<string> arguments = ["run", "--project", metadata.ProjectPath];
        if (metadata.SuppressBuild)
        {
            arguments.Add("--no-build");
        }

        if (!string.IsNullOrEmpty(_configuration))
        {
            arguments.AddRange(["--configuration", _configuration]);
        }

        arguments.Add("--no-launch-profile");
        if (more)
        {
            arguments.Add("--");
        }

        return arguments;
    }

    private static async Task<List<ProcessArgument>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            annotation.Callback(context);
        }

        var arguments = new List<ProcessArgument>();
        foreach (var argument in context.Args)
        {
            if (await ResolveAsync(argument, cancellationToken) is { } value)
            {
                arguments.Add(new ProcessArgument(value, IsSensitive(argument)));
            }
        }

        return arguments;
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext();
        if (resource.HasAnnotationOfType<OtlpExporterAnnotation>())
        {
            otlp.AddTo(context.EnvironmentVariables);
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            annotation.Callback(context);
        }

        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await ResolveAsync(value, cancellationToken) is { } resolved)
            {
                environment[name] = resolved;
            }
        }

        return environment;
    }

    private static ValueTask<string?> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        IValueProvider provider => provider.GetValueAsync(cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => provider.GetValueAsync(cancellationToken),
        _ => new(value.ToString()),
    };

    private static bool IsSensitive(object value) => value switch
    {
        ParameterResource parameter => parameter.Secret,
        IResourceBuilder<IResource> builder => IsSensitive(builder.Resource),
        IValueWithReferences composite => composite.References.Any(IsSensitive),
        _ => false,
    };

    /// <summary>Keeps dcp from expanding a value that looks like a template.</summary>
    private static string EscapeTemplates(string value)
    {
        var parts = EndpointAllocator.PortTemplate().Split(value);
        return string.Concat(parts.Select((part, i) => i % 2 == 1 ? part : part.Replace("{{", """{{ "{{" }}""", StringComparison.Ordinal)));
    }
}
