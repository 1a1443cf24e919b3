using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>An API process of a test, on a port of its own.</summary>
public sealed partial class ApiProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApiProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The address of the API.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>The lines that the process has written so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The physical memory of the process, in bytes; 0 after it has ended.</summary>
    public long Memory
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Starts an API and waits until it is ready.</summary>
    /// <param name="settings">The environment variables. A later one replaces an earlier one of the same name.</param>
    public static async Task<ApiProcess> StartAsync(
        CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string>>[] settings)
    {
        var path = typeof(ApiProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ApiPath").Value!;
        var start = new ProcessStartInfo("dotnet", [path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(path)!,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        foreach (var (name, value) in settings.SelectMany(variables => variables))
        {
            start.Environment[name] = value;
        }

        var api = new ApiProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        api.Run();
        try
        {
            await api._address.Task.WaitAsync(Timeout, cancellationToken);
            await api.UntilHealthyAsync(cancellationToken);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the process (SIGKILL). Nothing in it can react.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop (SIGTERM), as an orchestrator does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the process has stopped.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StoppedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
        return _process.ExitCode;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += async (_, _) =>
        {
            // The last lines may arrive after the exit.
            await _process.WaitForExitAsync();
            _address.TrySetException(new InvalidOperationException($"The API has ended:\n{string.Join('\n', _output)}"));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new(match.Groups[1].Value));
        }
    }

    /// <summary>Waits until the API is healthy.</summary>
    public async Task UntilHealthyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await http.GetAsync("/health", cancellationToken);
            if (await answer.Content.ReadAsStringAsync(cancellationToken) == "Healthy")
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Timeout, "The API does not become healthy.");
            await Task.Delay(100, cancellationToken);
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();
}
