using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cruddur.AppHost.Cognito;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>
/// Somebody with an account of their own, so that no test sees what another one has written. What the page is to show is
/// written and read back through the API.
/// </summary>
public sealed class Member : IDisposable
{
    private readonly HttpClient _api;

    private Member(string name, string handle, HttpClient api)
    {
        (Name, Handle) = (name, handle);
        _api = api;
    }

    /// <summary>The display name. Others may have the same.</summary>
    public string Name { get; }

    public string Handle { get; }

    /// <summary>The address to sign in with; the password is <see cref="LocalPool.Password"/>.</summary>
    public string Email => AddressOf(Handle);

    /// <summary>An e-mail address that nobody reads.</summary>
    public static string AddressOf(string handle) => $"{handle}@cruddur.example";

    /// <summary>A handle that nobody has yet: the letters of the first name, and a random part.</summary>
    public static string NewHandle(string name)
    {
        var letters = name.Split(' ')[0].Where(char.IsAsciiLetter).Select(char.ToLowerInvariant);
        return $"{string.Concat(letters)}_{Guid.NewGuid().ToString("N")[..10]}";
    }

    /// <summary>Makes an account and has the API register it, as a first visit would.</summary>
    public static async Task<Member> RegisterAsync(RunningCruddur cruddur, string name, CancellationToken cancellationToken)
    {
        var handle = NewHandle(name);
        await SignUpAsync(cruddur, name, handle, cancellationToken);
        await ConfirmAsync(cruddur, AddressOf(handle), cancellationToken);

        var api = await cruddur.ApiAsync(AddressOf(handle), cancellationToken);
        using var registered = await api.PutAsync("/api/users/me", content: null, cancellationToken);
        registered.EnsureSuccessStatusCode();
        return new Member(name, handle, api);
    }

    /// <summary>Makes an account that is not confirmed yet.</summary>
    /// <param name="email">The address to sign in with; that of the handle unless given.</param>
    public static Task SignUpAsync(RunningCruddur cruddur, string name, string handle, CancellationToken cancellationToken, string? email = null) =>
        cruddur.CallCognitoAsync(
            "SignUp",
            new
            {
                LocalPool.ClientId,
                Username = email ?? AddressOf(handle),
                LocalPool.Password,
                UserAttributes = new[]
                {
                    new { Name = "email", Value = email ?? AddressOf(handle) },
                    new { Name = "name", Value = name },
                    new { Name = "preferred_username", Value = handle },
                },
            },
            cancellationToken);

    /// <summary>Confirms an account without its code, as an administrator can.</summary>
    public static Task ConfirmAsync(RunningCruddur cruddur, string email, CancellationToken cancellationToken) =>
        cruddur.CallCognitoAsync("AdminConfirmSignUp", new { UserPoolId = LocalPool.PoolId, Username = email }, cancellationToken);

    /// <summary>Tells everybody something, one crud after the other.</summary>
    public async Task TellAsync(IEnumerable<string> cruds, CancellationToken cancellationToken)
    {
        foreach (var message in cruds)
        {
            await PostAsync("/api/activities", new { message, ttl = "7-days" }, cancellationToken);
        }
    }

    /// <summary>Sends messages, one after the other.</summary>
    /// <returns>The uuid of the conversation.</returns>
    public async Task<string> WriteAsync(Member receiver, IEnumerable<string> messages, CancellationToken cancellationToken)
    {
        var conversation = "";
        foreach (var message in messages)
        {
            var sent = await PostAsync("/api/messages", new { message, handle = receiver.Handle }, cancellationToken);
            conversation = sent.GetProperty("message_group_uuid").GetString()!;
        }

        return conversation;
    }

    /// <inheritdoc cref="WriteAsync(Member, IEnumerable{string}, CancellationToken)"/>
    public Task<string> WriteAsync(Member receiver, string message, CancellationToken cancellationToken) =>
        WriteAsync(receiver, [message], cancellationToken);

    /// <summary>The newest messages of a conversation, oldest first.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string conversation, CancellationToken cancellationToken)
    {
        var messages = await _api.GetFromJsonAsync<JsonElement>($"/api/messages/{conversation}?limit=100", cancellationToken);
        return [.. messages.EnumerateArray().Select(message => message.GetProperty("message").GetString()!)];
    }

    /// <summary>The member's cruds, newest first.</summary>
    public async Task<IReadOnlyList<string>> CrudsAsync(CancellationToken cancellationToken)
    {
        var cruds = await _api.GetFromJsonAsync<JsonElement>($"/api/users/@{Handle}/activities", cancellationToken);
        return [.. cruds.EnumerateArray().Select(crud => crud.GetProperty("message").GetString()!)];
    }

    /// <summary>The handles of those whom the member has a conversation with.</summary>
    public async Task<IReadOnlyList<string>> CorrespondentsAsync(CancellationToken cancellationToken)
    {
        var groups = await _api.GetFromJsonAsync<JsonElement>("/api/message_groups", cancellationToken);
        return [.. groups.EnumerateArray().Select(group => group.GetProperty("handle").GetString()!)];
    }

    /// <summary>The status of the answer to a request of the member.</summary>
    public async Task<HttpStatusCode> GetStatusAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _api.GetAsync(path, cancellationToken);
        return answer.StatusCode;
    }

    public void Dispose() => _api.Dispose();

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await _api.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
