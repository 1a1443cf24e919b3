namespace Aspire.Hosting.ApplicationModel;

/// <summary>A process.</summary>
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public ExecutableResource(string name, string command, string workingDirectory)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        (Command, WorkingDirectory) = (command, workingDirectory);
    }

    /// <summary>A path, or a name that is found on the PATH.</summary>
    public string Command { get; internal set; }

    public string WorkingDirectory { get; internal set; }
}
