using System.Text.RegularExpressions;
using Cruddur.AppHost.Integrations;

namespace Cruddur.AppHost.Prerequisites;

/// <summary>Finds out which version of a program is installed.</summary>
public static partial class InstalledPrograms
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The major version of Java that <c>JAVA_HOME</c> or the PATH offers, or <see langword="null"/> when there is none.</summary>
    public static Task<int?> JavaMajorVersionAsync() => MajorVersionAsync(ExternalProgram.Java, "-version");

    /// <summary>The major version of Node.js on the PATH, or <see langword="null"/> when there is none.</summary>
    public static Task<int?> NodeMajorVersionAsync() => MajorVersionAsync("node", "--version");

    /// <summary>
    /// Reads a major version out of what <c>java -version</c> or <c>node --version</c> print:
    /// <c>openjdk version "17.0.15" 2025-04-15</c>, <c>java version "1.8.0_422"</c>, <c>v20.20.2</c>.
    /// </summary>
    /// <returns>The major version, or <see langword="null"/> when the text holds none.</returns>
    public static int? ParseMajorVersion(string output)
    {
        var match = VersionNumber().Match(output);
        if (!match.Success)
        {
            return null;
        }

        var major = int.Parse(match.Groups["major"].ValueSpan, provider: null);

        // Until version 8, Java called itself 1.x.
        return major == 1 && match.Groups["minor"].Success ? int.Parse(match.Groups["minor"].ValueSpan, provider: null) : major;
    }

    private static async Task<int?> MajorVersionAsync(string command, string argument) =>
        await ExternalProgram.RunAsync(Timeout, command, argument) is (0, var output) ? ParseMajorVersion(output) : null;

    [GeneratedRegex("""(version "|^v)(?<major>\d+)(\.(?<minor>\d+))?""", RegexOptions.Multiline)]
    private static partial Regex VersionNumber();
}
