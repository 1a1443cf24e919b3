using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The process of dcp. It watches the AppHost, and ends all processes when the AppHost is killed.
/// </summary>
internal sealed class DcpServer(EngineOptions options, ILogger<DcpServer> logger) : IAsyncDisposable
{
    private const string SessionPrefix = "aspire-dcp-";

    /// <summary>The time in which dcp ends the processes of a killed AppHost.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    // These configure the AppHost, and not the processes that it starts.
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL"];

    private readonly Lock _lock = new();
    private Task? _started;
    private string? _session;
    private DcpClient? _client;

    public DcpClient Client => _client ?? throw new InvalidOperationException("dcp has not been started.");

    /// <summary>Starts dcp, or waits until it has started.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _started ??= Task.Run(() => StartCoreAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Stops all processes and dcp. Does nothing the second time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_started is { } started)
        {
            await started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Interlocked.Exchange(ref _client, null) is not { } client)
        {
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StopTimeout);
        try
        {
            await client.ShutDownAsync(timeout.Token);
            while (Directory.Exists(_session))
            {
                await Task.Delay(20, timeout.Token);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            logger.LogWarning(exception, "The orchestrator did not stop in time. It ends the remaining processes after the AppHost.");
        }
        finally
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (_session is { } session)
        {
            TryDelete(session);
        }
    }

    private async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.DcpPath))
        {
            throw new DistributedApplicationException(
                $"The Aspire orchestrator is not at {options.DcpPath}. Build the AppHost again, which installs it.");
        }

        // dcp deletes its session folder and everything in it when it stops.
        _session = Directory.CreateTempSubdirectory($"{SessionPrefix}{Environment.ProcessId}-").FullName;
        DeleteOrphanedSessions();
        var kubeconfig = Path.Combine(_session, "kubeconfig");
        var (certificate, key) = WriteCertificate(_session);
        var start = new ProcessStartInfo(options.DcpPath)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "start-apiserver", "--detach",
                "--monitor", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--monitor-interval", "1",
                "--kubeconfig", kubeconfig, "--tls-cert-file", certificate, "--tls-key-file", key,
            },
        };
        Array.ForEach(NotInherited, name => start.Environment.Remove(name));
        start.Environment["DCP_SESSION_FOLDER"] = _session;

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        try
        {
            await LaunchAsync(start, timeout.Token);
            _client = await ConnectAsync(kubeconfig, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"The Aspire orchestrator ({options.DcpPath}) did not answer within {StartTimeout.TotalSeconds} s. "
                + "Set DCP_DIAGNOSTICS_LOG_LEVEL=debug and DCP_DIAGNOSTICS_LOG_FOLDER to see why.");
        }
    }

    /// <summary>Deletes the folders of killed AppHosts. dcp ends their processes, and leaves the folders.</summary>
    private static void DeleteOrphanedSessions()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), SessionPrefix + "*"))
        {
            var owner = Path.GetFileName(folder)[SessionPrefix.Length..].Split('-')[0];
            var isOld = Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow - OrphanAge;
            if (isOld && !Directory.Exists($"/proc/{owner}"))
            {
                TryDelete(folder);
            }
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another AppHost deletes it, or it belongs to another user.
        }
    }

    private static async Task LaunchAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var launcher = Process.Start(start)!;
        var errors = launcher.StandardError.ReadToEndAsync(cancellationToken);
        await launcher.WaitForExitAsync(cancellationToken);
        if (launcher.ExitCode != 0)
        {
            throw new DistributedApplicationException(
                $"The Aspire orchestrator ({start.FileName}) could not be started: exit code {launcher.ExitCode}. {await errors}");
        }
    }

    /// <summary>Connects when the file is complete and the server listens at the address in it.</summary>
    private static async Task<DcpClient> ConnectAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryRead(kubeconfig) is { } client)
            {
                try
                {
                    await client.PingAsync(cancellationToken);
                    return client;
                }
                catch (HttpRequestException exception) when (exception.StatusCode is null)
                {
                    client.Dispose();
                }
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    private static DcpClient? TryRead(string kubeconfig)
    {
        if (!File.Exists(kubeconfig))
        {
            return null;
        }

        var lines = File.ReadAllLines(kubeconfig);
        var (server, token, authority) = (Value("server: "), Value("token: "), Value("certificate-authority-data: "));
        if (server is null || token is null || authority is null)
        {
            return null;
        }

        var pem = Encoding.ASCII.GetString(Convert.FromBase64String(authority));
        return new DcpClient(new Uri(server), token, X509Certificate2.CreateFromPem(pem));

        string? Value(string key) =>
            lines.Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim('"');
    }

    /// <summary>Writes a certificate for dcp, which takes seconds to create its own.</summary>
    private static (string Certificate, string Key) WriteCertificate(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dcp", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var (certificateFile, keyFile) = (Path.Combine(directory, "tls.crt"), Path.Combine(directory, "tls.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
