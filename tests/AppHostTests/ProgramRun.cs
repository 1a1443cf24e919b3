using System.Diagnostics;

namespace Cruddur.AppHostTests;

/// <summary>Runs a program to its end.</summary>
internal static class ProgramRun
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Starts a program, waits for its end, and kills it with its children when it takes longer than two minutes.</summary>
    /// <param name="start">The program, its arguments and its environment.</param>
    /// <returns>The exit code, and everything that the program printed.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output, await error);
    }
}
