using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cruddur.AppHost.Integrations.Npm;

/// <summary>Looks at the packages that npm has installed.</summary>
public static class NpmPackages
{
    /// <summary>The operating system as npm names it: <c>linux</c>, <c>darwin</c> or <c>win32</c>.</summary>
    private static readonly string OperatingSystemName =
        OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    /// <summary>The processor as npm names it: <c>x64</c>, <c>arm64</c>.</summary>
    private static readonly string Processor = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The C library as npm names it: <c>glibc</c> or <c>musl</c>. Only packages for Linux name one.</summary>
    private static readonly string Library = IsMusl ? "musl" : "glibc";

    /// <summary>Whether this is a Linux with musl, for which packages with programs for glibc are of no use.</summary>
    public static bool IsMusl => RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    /// <summary>
    /// Whether <c>node_modules</c> is complete, at least as new as <c>package-lock.json</c>, and installed on this platform.
    /// npm writes <c>node_modules/.package-lock.json</c> as the last act of an installation. The file lists what is installed,
    /// and for packages with native programs the platforms that they are for: a checkout that is shared between a host,
    /// a development container and WSL can hold those of another one.
    /// </summary>
    /// <param name="directory">The directory of <c>package.json</c>.</param>
    public static bool AreInstalled(string directory)
    {
        var installed = new FileInfo(Path.Combine(directory, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(directory, "package-lock.json")))
        {
            return false;
        }

        try
        {
            using var list = JsonDocument.Parse(File.ReadAllBytes(installed.FullName));
            return !list.RootElement.TryGetProperty("packages", out var packages)
                || packages.EnumerateObject().All(package => IsForThisPlatform(directory, package));
        }
        catch (JsonException)
        {
            // A half-written list: npm was interrupted.
            return false;
        }
    }

    private static bool IsForThisPlatform(string directory, JsonProperty package) =>
        Allows(package.Value, "os", OperatingSystemName)
        && Allows(package.Value, "cpu", Processor)
        && (OperatingSystemName != "linux" || Allows(package.Value, "libc", Library))
        && (!IsNative(package.Value) || Directory.Exists(Path.Combine(directory, package.Name)));

    private static bool IsNative(JsonElement package) => package.TryGetProperty("os", out _);

    /// <summary>Applies a list such as <c>["linux", "darwin"]</c> or <c>["!win32"]</c>.</summary>
    private static bool Allows(JsonElement package, string constraint, string value)
    {
        if (!package.TryGetProperty(constraint, out var list))
        {
            return true;
        }

        var entries = list.EnumerateArray().Select(entry => entry.GetString()!).ToArray();
        return !entries.Contains($"!{value}") && (entries.Contains(value) || entries.All(entry => entry.StartsWith('!')));
    }
}
