using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>Creates users in the local user pool and in Postgres.</summary>
public sealed class TestUsers(RunningServers servers, NpgsqlDataSource postgres) : IDisposable
{
    /// <summary>The password of every user.</summary>
    public const string Password = "Testing1234!";

    private readonly HttpClient _cognito = new() { BaseAddress = servers.CognitoEndpoint };

    private string PoolId => servers.Environment["AWS_COGNITO_USER_POOL_ID"];

    private string ClientId => servers.Environment["AWS_COGNITO_USER_POOL_CLIENT_ID"];

    /// <summary>A user who can sign in and is registered.</summary>
    public async Task<TestUser> NewAsync(CancellationToken cancellationToken)
    {
        var user = await NewWithoutRowAsync(cancellationToken);
        await using var command = postgres.CreateCommand(
            "insert into users (handle, display_name, email, cognito_user_id) values ($1, $2, $3, $4) returning uuid");
        command.Parameters.AddWithValue(user.Handle);
        command.Parameters.AddWithValue(user.DisplayName);
        command.Parameters.AddWithValue(user.Email);
        command.Parameters.AddWithValue(user.Subject);
        return user with { Uuid = (Guid)(await command.ExecuteScalarAsync(cancellationToken))! };
    }

    /// <summary>A user who can sign in but is not registered.</summary>
    public async Task<TestUser> NewWithoutRowAsync(CancellationToken cancellationToken)
    {
        var handle = $"t{Guid.NewGuid():N}"[..16];
        var user = new TestUser(Guid.Empty, handle, $"Test {handle}", $"{handle}@test.example", "", "", "");
        var created = await CallAsync(
            "AdminCreateUser",
            new
            {
                UserPoolId = PoolId,
                Username = user.Email,
                MessageAction = "SUPPRESS",
                UserAttributes = new[]
                {
                    new { Name = "email", Value = user.Email },
                    new { Name = "name", Value = user.DisplayName },
                    new { Name = "preferred_username", Value = handle },
                },
            },
            cancellationToken);
        await CallAsync(
            "AdminSetUserPassword",
            new { UserPoolId = PoolId, Username = user.Email, Password, Permanent = true },
            cancellationToken);
        var subject = created.GetProperty("User").GetProperty("Attributes").EnumerateArray()
            .Single(attribute => attribute.GetProperty("Name").GetString() == "sub").GetProperty("Value").GetString()!;
        var (access, id) = await SignInAsync(user.Email, ClientId, cancellationToken);
        return user with { Subject = subject, AccessToken = access, IdToken = id };
    }

    /// <summary>Gives a handle to a user who does not sign in.</summary>
    public async Task TakeHandleAsync(string handle, CancellationToken cancellationToken)
    {
        await using var take = postgres.CreateCommand(
            "insert into users (handle, display_name, email) values ($1, 'First', 'first@test.example')");
        take.Parameters.AddWithValue(handle);
        await take.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Changes the display name of a user.</summary>
    public async Task RenameAsync(TestUser user, string displayName, CancellationToken cancellationToken)
    {
        await using var rename = postgres.CreateCommand("update users set display_name = $1 where uuid = $2");
        rename.Parameters.AddWithValue(displayName);
        rename.Parameters.AddWithValue(user.Uuid);
        await rename.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>An access token of a user for another client of the same pool.</summary>
    public async Task<string> AccessTokenOfAnotherClientAsync(TestUser user, CancellationToken cancellationToken)
    {
        var client = await CallAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "another" }, cancellationToken);
        var clientId = client.GetProperty("UserPoolClient").GetProperty(nameof(ClientId)).GetString()!;
        return (await SignInAsync(user.Email, clientId, cancellationToken)).AccessToken;
    }

    /// <inheritdoc />
    public void Dispose() => _cognito.Dispose();

    private async Task<(string AccessToken, string IdToken)> SignInAsync(string email, string clientId, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "InitiateAuth",
            new { AuthFlow = "USER_PASSWORD_AUTH", ClientId = clientId, AuthParameters = new { USERNAME = email, PASSWORD = Password } },
            cancellationToken);
        var result = answer.GetProperty("AuthenticationResult");
        return (result.GetProperty("AccessToken").GetString()!, result.GetProperty("IdToken").GetString()!);
    }

    private async Task<JsonElement> CallAsync<T>(string action, T body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Headers = { { "X-Amz-Target", $"AWSCognitoIdentityProviderService.{action}" } },
            Content = JsonContent.Create(body, new MediaTypeHeaderValue("application/x-amz-json-1.1"), JsonSerializerOptions.Default),
        };
        using var answer = await _cognito.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}

/// <summary>A user of one test.</summary>
public sealed record TestUser(
    Guid Uuid, string Handle, string DisplayName, string Email, string Subject, string AccessToken, string IdToken);
