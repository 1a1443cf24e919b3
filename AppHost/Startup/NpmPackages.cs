using System.Runtime.InteropServices;

namespace Cruddur.AppHost.Startup;

/// <summary>What the AppHost knows of npm projects.</summary>
public static class NpmPackages
{
    /// <summary>This machine as npm packages with native programs name it, such as <c>linux-x64</c> or <c>darwin-arm64</c>.</summary>
    public static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>
    /// Whether <c>node_modules</c> is at least as new as <c>package-lock.json</c>.
    /// npm writes <c>node_modules/.package-lock.json</c> as the last act of an installation, and itself trusts it by this same comparison.
    /// </summary>
    /// <param name="directory">The directory of <c>package.json</c>.</param>
    public static bool AreInstalled(string directory)
    {
        var installed = new FileInfo(Path.Combine(directory, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(directory, "package-lock.json"));
    }
}
