using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>The client of dcp's API: objects as JSON, watches and logs as lines.</summary>
internal sealed class DcpClient : IDisposable
{
    private const string Group = "usvc-dev.developer.microsoft.com/v1";
    private const string AdminPath = "/admin/execution";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient _http;

    /// <param name="server">The address of the API.</param>
    /// <param name="token">Its bearer token.</param>
    /// <param name="authority">The authority that signed its certificate.</param>
    public DcpClient(Uri server, string token, X509Certificate2 authority)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            return certificate is X509Certificate2 presented && chain.Build(presented);
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<T> CreateAsync<T>(T dcpObject, CancellationToken cancellationToken)
        where T : class, IDcpObject
    {
        var body = JsonSerializer.SerializeToNode(dcpObject, Json)!.AsObject();
        (body["apiVersion"], body["kind"]) = (Group, T.Kind);
        using var response = await SendAsync(HttpMethod.Post, Path<T>(), JsonContent.Create(body), cancellationToken);
        return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
    }

    /// <summary>Stops a process: with SIGTERM, and with SIGKILL after six seconds.</summary>
    public async Task StopExecutableAsync(string name, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { ["spec"] = new JsonObject { ["stop"] = true } };
        using var response = await SendAsync(HttpMethod.Patch, Path<DcpExecutable>(name), MergePatch(patch), cancellationToken);
    }

    /// <summary>Removes an object, a running process included, and returns when its name is free again.</summary>
    public async Task DeleteAsync<T>(string name, CancellationToken cancellationToken)
        where T : IDcpObject
    {
        var pause = TimeSpan.FromMilliseconds(10);
        using (await SendAsync(HttpMethod.Delete, Path<T>(name), null, cancellationToken, HttpStatusCode.NotFound))
        {
        }

        while (true)
        {
            using var response = await SendAsync(HttpMethod.Get, Path<T>(name), null, cancellationToken, HttpStatusCode.NotFound);
            if (response.StatusCode is HttpStatusCode.NotFound)
            {
                return;
            }

            await Task.Delay(pause, cancellationToken);
            pause = TimeSpan.FromMilliseconds(Math.Min(100, pause.TotalMilliseconds * 2));
        }
    }

    /// <summary>The objects of a kind and their changes. Every new connection reports all of them as added.</summary>
    public async IAsyncEnumerable<DcpWatchEvent<T>> WatchAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IDcpObject
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path<T>() + "?watch=true");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (JsonSerializer.Deserialize<DcpWatchEvent<JsonElement>>(line, Json) is { Type: "ADDED" or "MODIFIED" or "DELETED" } frame)
            {
                yield return new DcpWatchEvent<T>(frame.Type, frame.Object.Deserialize<T>(Json)!);
            }
        }
    }

    /// <summary>The lines of a process's log. Each begins with its time stamp.</summary>
    /// <param name="name">The executable.</param>
    /// <param name="source"><c>stdout</c>, <c>stderr</c>, or <c>system</c> for messages of dcp.</param>
    /// <param name="follow">Whether to wait for more; the end of the process does not end the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<string> ReadLogAsync(
        string name, string source, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{Path<DcpExecutable>(name)}/log?source={source}&follow={(follow ? "true" : "false")}&timestamps=true";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            yield break;
        }

        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Throws until the API answers.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => GetStatusAsync(cancellationToken);

    /// <summary>Stops all processes, then dcp itself.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        await SetStatusAsync("CleaningResources", cancellationToken);
        while (await GetStatusAsync(cancellationToken) is "CleaningResources")
        {
            await Task.Delay(50, cancellationToken);
        }

        await SetStatusAsync("Stopping", cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static string Path<T>(string? name = null)
        where T : IDcpObject => $"/apis/{Group}/{T.Collection}{(name is null ? "" : "/" + name)}";

    private static JsonContent MergePatch(JsonObject patch) =>
        JsonContent.Create(patch, new MediaTypeHeaderValue("application/merge-patch+json"));

    private async Task<string?> GetStatusAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, AdminPath, null, cancellationToken);
        return (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))?["status"];
    }

    private async Task SetStatusAsync(string status, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { ["status"] = status, ["shutdownResourceCleanup"] = "Full" };
        using var response = await SendAsync(HttpMethod.Patch, AdminPath, MergePatch(patch), cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, HttpStatusCode? alsoExpected = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        var response = await _http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode || response.StatusCode == alsoExpected)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var message = $"dcp answered {(int)response.StatusCode} to {method} {path}: {text}";
            throw new HttpRequestException(message, null, response.StatusCode);
        }
    }
}
