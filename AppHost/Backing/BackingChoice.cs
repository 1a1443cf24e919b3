using Cruddur.AppHost.Integrations.EmbeddedDynamoDb;
using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHost.Backing;

/// <summary>The chosen backing mode and the reason, as the AppHost prints them.</summary>
/// <param name="Mode">Embedded or containers; never auto.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="ContainerRuntime">The program that runs the containers, where the mode is containers.</param>
public sealed record BackingChoice(BackingMode Mode, string Reason, string? ContainerRuntime = null)
{
    /// <summary>The setting that names the mode.</summary>
    public const string Setting = "Backing:Mode";

    private const string InstallJava = "install Java 17 or newer and put it on the PATH or in JAVA_HOME";

    /// <summary>Reads <see cref="Setting"/>.</summary>
    /// <param name="value">The configured text; nothing means <see cref="BackingMode.Auto"/>.</param>
    /// <exception cref="PrerequisiteException">The text is none of the modes.</exception>
    public static BackingMode Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return BackingMode.Auto;
        }

        return Enum.TryParse<BackingMode>(value, ignoreCase: true, out var mode) && Enum.IsDefined(mode)
            ? mode
            : throw new PrerequisiteException($"{Setting} is '{value}', but can only be auto, embedded or containers.");
    }

    /// <summary>Decides between the modes.</summary>
    /// <param name="wanted">What the developer asked for.</param>
    /// <param name="java">The major version of Java, if there is one.</param>
    /// <param name="unsupportedPlatform">
    /// Why the embedded servers can't run on this platform, or <see langword="null"/> when they can.
    /// </param>
    /// <param name="containersBuilt">
    /// Whether this build of the AppHost can run containers: the nuget hosting build can, the offline build can't.
    /// </param>
    /// <param name="containerRuntime">
    /// Names the container runtime that answers, if one does. Called only when the answer matters, because it takes a while.
    /// </param>
    /// <exception cref="PrerequisiteException">What was asked for can't run here. The message names the fix.</exception>
    public static async Task<BackingChoice> DecideAsync(
        BackingMode wanted, int? java, string? unsupportedPlatform, bool containersBuilt, Func<Task<string?>> containerRuntime)
    {
        var (problem, installation) = (unsupportedPlatform, java) switch
        {
            ({ } platform, _) => (platform, null),
            (_, null) => ("DynamoDB Local needs Java 17 or newer, and no java was found", InstallJava),
            (_, < EmbeddedDynamoDbBuilderExtensions.RequiredJava) => (
                "DynamoDB Local needs Java 17 or newer, "
                + $"and java is version {java}", InstallJava),
            _ => ((string?)null, (string?)null),
        };

        switch (wanted)
        {
            case BackingMode.Embedded:
                return problem is null
                    ? new(BackingMode.Embedded, $"{Setting} says so")
                    : throw new PrerequisiteException($"{problem}: {installation ?? $"use {Setting}=containers"}.");

            case BackingMode.Containers when !containersBuilt:
                throw new PrerequisiteException(
                    $"{Setting}=containers needs the nuget hosting build, and this is the offline build: "
                    + $"leave {Setting} out, or build with -p:AspireHosting=nuget on a feed that carries Aspire.");

            case BackingMode.Containers:
                return await containerRuntime() is { } runtime
                    ? new(BackingMode.Containers, $"{Setting} says so, on {runtime}", runtime)
                    : throw new PrerequisiteException(
                        $"{Setting}=containers needs a container runtime, and neither docker nor podman answers: start one, "
                            + $"or leave {Setting} out.");

            default:
                if (problem is null)
                {
                    return new(BackingMode.Embedded, $"Java {java} is here, so nothing needs a container");
                }

                if (!containersBuilt)
                {
                    const string OtherBuild =
                        "build with -p:AspireHosting=nuget on a feed that carries Aspire, and start a container runtime";
                    throw new PrerequisiteException($"{problem}: {installation ?? OtherBuild}.");
                }

                var orInstallation = installation is null ? "" : $"{installation}, or ";
                return await containerRuntime() is { } found
                    ? new(BackingMode.Containers, $"{problem}, but {found} answers", found)
                    : throw new PrerequisiteException($"{problem}: {orInstallation}start a container runtime (docker or podman).");
        }
    }
}
