using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests.Endurance;

/// <summary>Listens to the events of a user at one replica, and resumes after each break with the id of the last event.</summary>
internal sealed class Listener(TestUser user, Replica replica)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SentMessage> _received = [];
    private string? _lastEventId;

    public TestUser User => user;

    /// <summary>The name of the listener in messages of the test.</summary>
    public string Name => $"{user.Handle} at {replica.Name}";

    /// <summary>Ends when the first stream is open.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The messages so far, in the order in which they were received.</summary>
    public IReadOnlyList<SentMessage> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>Listens until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(end);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // The replica was killed. The stream resumes at its next process.
            }

            await Task.Delay(RetryPause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = replica.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        if (_lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastEventId);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(end);
        SentMessage? message = null;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(end))
        {
            Assert.NotEqual("reset", item.EventType);
            if (item.EventType is "message")
            {
                message = JsonSerializer.Deserialize<SentMessage>(item.Data, Json);
            }
            else if (item.EventType is "message_group")
            {
                // A message counts with the event that has the id. After a break between the two events both come again.
                lock (_received)
                {
                    _received.Add(message!);
                }
            }

            _lastEventId = item.EventId ?? _lastEventId;
            _ready.TrySetResult();
        }
    }
}
