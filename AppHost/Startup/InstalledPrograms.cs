using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cruddur.AppHost.Startup;

/// <summary>Finds out which version of a program the PATH offers.</summary>
public static partial class InstalledPrograms
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    /// <summary>The major version of Java that <c>JAVA_HOME</c> or the PATH offers, or <see langword="null"/> when there is none.</summary>
    public static Task<int?> JavaMajorVersionAsync() => MajorVersionAsync(JavaCommand, "-version");

    /// <summary>The major version of Node.js on the PATH, or <see langword="null"/> when there is none.</summary>
    public static Task<int?> NodeMajorVersionAsync() => MajorVersionAsync("node", "--version");

    /// <summary>The <c>java</c> to run: the one of <c>JAVA_HOME</c> when that is set, else the PATH's.</summary>
    public static string JavaCommand =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? Path.Combine(home, "bin", "java") : "java";

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

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all that it printed, or <see langword="null"/> when it does not exist or does not answer.</returns>
    public static async Task<(int ExitCode, string Output)?> RunAsync(TimeSpan timeout, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var timer = new CancellationTokenSource(timeout);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(timer.Token);
                var error = process.StandardError.ReadToEndAsync(timer.Token);
                await process.WaitForExitAsync(timer.Token);
                return (process.ExitCode, await output + await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<int?> MajorVersionAsync(string command, string argument) =>
        await RunAsync(AnswerTime, command, argument) is (0, var output) ? ParseMajorVersion(output) : null;

    [GeneratedRegex("""(version "|^v)(?<major>\d+)(\.(?<minor>\d+))?""", RegexOptions.Multiline)]
    private static partial Regex VersionNumber();
}
