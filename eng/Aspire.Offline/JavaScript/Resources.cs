namespace Aspire.Hosting.JavaScript;

/// <summary>A JavaScript app, run by a script of its package.json.</summary>
public class JavaScriptAppResource(string name, string command, string workingDirectory)
    : ExecutableResource(name, command, workingDirectory), IResourceWithServiceDiscovery;

/// <summary>A JavaScript app on the development server of Vite.</summary>
public class ViteAppResource(string name, string command, string workingDirectory) : JavaScriptAppResource(name, command, workingDirectory);

/// <summary>Installs the packages of a JavaScript app.</summary>
public class JavaScriptInstallerResource(string name, string workingDirectory) : ExecutableResource(name, "npm", workingDirectory);

/// <summary>The arguments of npm that install an app's packages.</summary>
internal sealed record InstallCommandAnnotation(string[] Args) : IResourceAnnotation;
