using System.ComponentModel;
using System.Diagnostics;

namespace Cruddur.AppHost.Integrations;

/// <summary>Runs a program to its end and reads what it prints.</summary>
public static class ExternalProgram
{
    /// <summary>The <c>java</c> to run: the one of <c>JAVA_HOME</c> when that is set, else the one on the PATH.</summary>
    public static string Java =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? Path.Combine(home, "bin", "java") : "java";

    /// <summary>Runs a program to its end.</summary>
    /// <param name="timeout">The time after which the program is killed.</param>
    /// <param name="command">The name or the path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>
    /// The exit code and everything that the program printed, or <see langword="null"/> when the program does not exist
    /// or does not end in time.
    /// </returns>
    public static Task<(int ExitCode, string Output)?> RunAsync(TimeSpan timeout, string command, params string[] arguments) =>
        RunWithInputAsync(input: null, timeout, command, arguments);

    /// <summary>Runs a program to its end, with a text as its standard input.</summary>
    /// <param name="input">The text; <see langword="null"/> leaves the standard input of this process to the program.</param>
    /// <param name="timeout">The time after which the program is killed.</param>
    /// <param name="command">The name or the path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <inheritdoc cref="RunAsync" path="/returns"/>
    public static async Task<(int ExitCode, string Output)?> RunWithInputAsync(
        string? input, TimeSpan timeout, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var timer = new CancellationTokenSource(timeout);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(timer.Token);
                var error = process.StandardError.ReadToEndAsync(timer.Token);
                if (input is not null)
                {
                    await process.StandardInput.WriteAsync(input.AsMemory(), timer.Token);
                    process.StandardInput.Close();
                }

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
}
