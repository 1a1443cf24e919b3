using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Cruddur.AppHost.Session;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Commands;

/// <summary>How a verb ended.</summary>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Output">What it printed on standard output.</param>
/// <param name="LastError">The last line that it printed on standard error, without the blanks that align columns.</param>
internal sealed record VerbResult(int ExitCode, string Output, string? LastError);

/// <summary>Runs verbs of the seeder as processes.</summary>
internal static partial class SeederProgram
{
    private const int Terminate = 15;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private static readonly string ProgramPath = typeof(SeederProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "SeederPath").Value!;

    /// <summary>Runs a verb to its end, and writes each line that it prints to a log.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="variables">The environment variables, in addition to those of the AppHost.</param>
    /// <param name="logger">The console log of a resource.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="OperationCanceledException">The verb was cancelled. Its process has ended.</exception>
    /// <exception cref="Win32Exception">There is no <c>dotnet</c> on the PATH.</exception>
    public static async Task<VerbResult> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ProgramPath, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        start.Environment[SessionFile.EnabledVariable] = "false";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();

        var output = new StringBuilder();
        string? lastError = null;
        var reading = Task.WhenAll(
            ReadLinesAsync(process.StandardOutput, line => output.AppendLine(line), logger),
            ReadLinesAsync(process.StandardError, line => lastError = TrimColumns(line) ?? lastError, logger));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            throw;
        }

        await reading;
        return new(process.ExitCode, output.ToString(), lastError);
    }

    private static async Task ReadLinesAsync(StreamReader reader, Action<string> add, ILogger logger)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            add(line);
            LogLine(logger, line);
        }
    }

    /// <summary>The line without the blanks that align columns; null for an empty line.</summary>
    private static string? TrimColumns(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } text ? text : null;

    /// <summary>Asks a process to end, as Ctrl+C does, and ends it if it does not.</summary>
    private static async Task StopAsync(Process process)
    {
        if (!OperatingSystem.IsWindows() && Kill(process.Id, Terminate) == 0)
        {
            using var timer = new CancellationTokenSource(StopTimeout);
            await process.WaitForExitAsync(timer.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void LogLine(ILogger logger, string line);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
