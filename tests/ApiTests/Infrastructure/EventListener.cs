using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>A listener on the event stream of a user.</summary>
public sealed class EventListener : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<SseItem<string>> _events = Channel.CreateUnbounded<SseItem<string>>();
    private Task _reading = Task.CompletedTask;

    private EventListener(Uri address, TestUser user)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
    }

    /// <summary>The id of the last event that had one.</summary>
    public string LastEventId { get; private set; } = "";

    /// <summary>Whether the server has ended the stream.</summary>
    public bool HasEnded => _reading.IsCompleted;

    /// <summary>Opens a stream and waits until it is ready.</summary>
    public static async Task<EventListener> StartAsync(Uri address, TestUser user, string? lastEventId = null)
    {
        var listener = new EventListener(address, user);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        var response = await listener._http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        listener._reading = listener.ReadAsync(response);
        Assert.Equal("ready", (await listener.NextAsync()).EventType);
        return listener;
    }

    /// <summary>The next event that is not a heartbeat.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        SseItem<string> next;
        do
        {
            next = await NextOfAnyTypeAsync();
        }
        while (next.EventType == "heartbeat");
        LastEventId = next.EventId ?? LastEventId;
        return next;
    }

    /// <summary>The next event, heartbeats included.</summary>
    public async Task<SseItem<string>> NextOfAnyTypeAsync() =>
        await _events.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Timeout);

    /// <summary>The next message, and the event of its conversation that follows it.</summary>
    public async Task<(SentMessage Message, MessageLine Group)> NextMessageAsync()
    {
        var message = await NextAsync();
        var group = await NextAsync();
        Assert.Equal(("message", "message_group"), (message.EventType, group.EventType));
        return (JsonSerializer.Deserialize<SentMessage>(message.Data, Json)!, JsonSerializer.Deserialize<MessageLine>(group.Data, Json)!);
    }

    /// <summary>Whether nothing but heartbeats comes for half a second.</summary>
    public async Task<bool> IsSilentAsync()
    {
        await Task.Delay(500, TestContext.Current.CancellationToken);
        while (_events.Reader.TryPeek(out var next))
        {
            if (next.EventType != "heartbeat")
            {
                return false;
            }

            _events.Reader.TryRead(out _);
        }

        return true;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            try
            {
                await using var stream = await response.Content.ReadAsStreamAsync(_end.Token);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(_end.Token))
                {
                    // A test that ends connections to Postgres causes it in the streams of the next one.
                    if (item.EventType != "reload")
                    {
                        _events.Writer.TryWrite(item);
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The stream has ended.
            }
        }
    }
}
