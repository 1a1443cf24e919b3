using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>A caller of the API.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>A signed-in caller.</summary>
    public ApiClient(Uri address, TestUser user)
        : this(address, $"Bearer {user.AccessToken}")
    {
        User = user;
    }

    /// <summary>A caller with an <c>Authorization</c> header, or without one if it is null.</summary>
    public ApiClient(Uri address, string? authorization)
    {
        _http = new HttpClient { BaseAddress = address };
        if (authorization is not null)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }
    }

    /// <summary>The user who calls; an empty user if the caller is not signed in.</summary>
    public TestUser User { get; } = new(Guid.Empty, "", "", "", "", "", "");

    /// <summary>The underlying HTTP client.</summary>
    public HttpClient Http => _http;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Sends a GET request.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    /// <summary>Sends a POST request with an object as JSON.</summary>
    public Task<ApiAnswer> PostAsync<T>(string path, T body, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body, options: JsonSerializerOptions.Default),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request);
    }

    /// <summary>Sends a POST request with any text as JSON.</summary>
    public Task<ApiAnswer> PostRawAsync(string path, string body) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) });

    /// <summary>Sends a request.</summary>
    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request, Cancelled);
            var text = await answer.Content.ReadAsStringAsync(Cancelled);
            return new(answer.StatusCode, answer.Headers, answer.Content.Headers.ContentType?.MediaType, text);
        }
    }

    /// <summary>Sends a message to a user and expects it to be sent.</summary>
    public async Task<SentMessage> SendToUserAsync(string handle, string message, string? idempotencyKey = null) =>
        (await PostAsync("/api/messages", new { message, handle }, idempotencyKey)).Read<SentMessage>();

    /// <summary>Sends a message to a group and expects it to be sent.</summary>
    public async Task<SentMessage> SendToGroupAsync(Guid groupUuid, string message, string? idempotencyKey = null) =>
        (await PostAsync("/api/messages", new { message, message_group_uuid = groupUuid }, idempotencyKey)).Read<SentMessage>();

    /// <summary>The newest messages of a group.</summary>
    public async Task<MessageLine[]> MessagesAsync(Guid groupUuid, int limit = 100) =>
        (await GetAsync($"/api/messages/{groupUuid}?limit={limit}")).Read<MessageLine[]>();

    /// <summary>All messages of a group, the oldest first.</summary>
    public async Task<List<MessageLine>> AllMessagesAsync(Guid groupUuid)
    {
        var messages = new List<MessageLine>();
        for (var path = $"/api/messages/{groupUuid}?limit=100"; path is not null;)
        {
            var answer = await GetAsync(path);
            messages.InsertRange(0, answer.Read<MessageLine[]>());
            path = answer.Link("next");
        }

        return messages;
    }

    /// <summary>The caller's conversations.</summary>
    public async Task<MessageLine[]> GroupsAsync() => (await GetAsync("/api/message_groups?limit=100")).Read<MessageLine[]>();

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}

/// <summary>A response of the API.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The body of the response, which must be 200.</summary>
    public T Read<T>()
    {
        Assert.True(Status is HttpStatusCode.OK, $"{(int)Status}: {Text}");
        return JsonSerializer.Deserialize<T>(Text, Json)!;
    }

    /// <summary>The error codes of the response, which must be a problem with this status.</summary>
    public string[] Errors(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        return [.. JsonDocument.Parse(Text).RootElement.GetProperty("errors").EnumerateArray().Select(code => code.GetString()!)];
    }

    /// <summary>The target of a <c>Link</c>; null if there is none.</summary>
    public string? Link(string relation) =>
        Headers.TryGetValues("Link", out var values)
            ? values.SelectMany(value => value.Split(", "))
                .Where(link => link.EndsWith($"; rel=\"{relation}\"", StringComparison.Ordinal))
                .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)])
                .SingleOrDefault()
            : null;
}

/// <summary>A message or a conversation in a list.</summary>
public sealed record MessageLine(Guid Uuid, string DisplayName, string Handle, string Message, string CreatedAt);

/// <summary>A message that was sent.</summary>
public sealed record SentMessage(Guid MessageGroupUuid, Guid Uuid, string DisplayName, string Handle, string Message, string CreatedAt);
