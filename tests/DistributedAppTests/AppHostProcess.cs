using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cruddur.AppHost.State;
using Cruddur.Tests;

namespace Cruddur.DistributedAppTests;

/// <summary>
/// The AppHost as a developer starts it: in a separate process. It has a temporary data directory and random ports, so two of them
/// can run at once.
/// </summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly string[] DashboardSettings =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    private static readonly TimeSpan ExitTimeout = TimeSpan.FromMinutes(1);

    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TestState _state = new();
    private readonly Process _process;

    private AppHostProcess(string[] arguments, Action<IDictionary<string, string?>> changeEnvironment)
    {
        // A background job of a script ignores SIGINT, and its child processes inherit that. GNU's env restores the default.
        string[] launcher = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var appHost = Path.Combine(AppContext.BaseDirectory, "AppHost.dll");
        var state = $"--{StateDirectory.Setting}={_state.Path}";
        var start = new ProcessStartInfo(launcher[0], [.. launcher[1..], appHost, state, .. arguments])
        {
            // It reads appsettings.json from there.
            WorkingDirectory = Projects.AppHost.ProjectPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        foreach (var (setting, port) in DashboardSettings.Zip(FreePorts(DashboardSettings.Length)))
        {
            start.Environment[setting] = $"http://localhost:{port}";
        }

        changeEnvironment(start.Environment);

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything the AppHost has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The process id of the AppHost.</summary>
    public int Id => _process.Id;

    /// <summary>The data directory of its servers. Their command lines contain it.</summary>
    public string State => _state.Path;

    public static AppHostProcess Start(params string[] arguments) => new(arguments, _ => { });

    public static AppHostProcess Start(Action<IDictionary<string, string?>> changeEnvironment, params string[] arguments) =>
        new(arguments, changeEnvironment);

    /// <summary>A PATH that lacks some programs and has all others, by links to them.</summary>
    public static Action<IDictionary<string, string?>> Without(params string[] programs) => environment =>
    {
        var path = environment["PATH"]!.Split(Path.PathSeparator).Where(Directory.Exists);
        var links = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "path-without", string.Join('-', programs)));
        var kept = path.SelectMany(Directory.EnumerateFiles)
            .DistinctBy(Path.GetFileName)
            .Where(file => !programs.Contains(Path.GetFileName(file)));
        foreach (var program in kept)
        {
            var link = Path.Combine(links.FullName, Path.GetFileName(program));
            if (!Path.Exists(link))
            {
                File.CreateSymbolicLink(link, program);
            }
        }

        environment["PATH"] = links.FullName;
        environment.Remove("JAVA_HOME");
    };

    /// <summary>The environment of an AppHost that prefers the usual ports, with some free ones as the dashboard's.</summary>
    public static Action<IDictionary<string, string?>> PreferPorts()
    {
        var ports = FreePorts(DashboardSettings.Length);
        return environment =>
        {
            environment.Remove("DcpPublisher__RandomizePorts");
            foreach (var (setting, port) in DashboardSettings.Zip(ports))
            {
                environment[setting] = $"http://localhost:{port}";
            }
        };
    }

    /// <summary>Waits until the AppHost has printed a text.</summary>
    public async Task WaitForOutputAsync(string text, CancellationToken cancellationToken)
    {
        for (var deadline = DateTime.UtcNow + RunningCruddur.Timeout; !Output.Contains(text, StringComparison.Ordinal);)
        {
            Assert.True(DateTime.UtcNow < deadline && !_process.HasExited, $"The AppHost did not print '{text}':\n{Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>Waits until the AppHost has printed that everything is ready.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var ended = _process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(_ready.Task.WaitAsync(RunningCruddur.Timeout, cancellationToken), ended) == ended)
        {
            Assert.Fail($"The AppHost ended before it was ready:\n{Output}");
        }

        await _ready.Task;
    }

    /// <summary>Waits until the AppHost has ended. After <see cref="ExitTimeout"/> the test fails with the AppHost's output.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(ExitTimeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The AppHost still runs after {ExitTimeout.TotalSeconds} s. It printed:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>
    /// Waits for the end of the AppHost, which has to print one line that contains a text, beside the choice of its backing.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task AssertRefusedAsync(string text, CancellationToken cancellationToken)
    {
        Assert.Equal(1, await WaitForExitAsync(cancellationToken));
        var lines = Output.Trim().Split('\n').Where(line => !line.StartsWith("Backing: ", StringComparison.Ordinal));
        Assert.Contains(text, Assert.Single(lines), StringComparison.Ordinal);
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its name without SIG, such as <c>INT</c>.</param>
    /// <param name="cancellationToken">Stops the wait for <c>kill</c>.</param>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-s", signal, Id.ToString(provider: null)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM", CancellationToken.None);
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(ExitTimeout);
        }

        _process.Dispose();
        await _state.DisposeAsync();
    }

    private static int[] FreePorts(int count)
    {
        // All listeners stay open until the last port is known: no port is returned twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith("ready in ", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
