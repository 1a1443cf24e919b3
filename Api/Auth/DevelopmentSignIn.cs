using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Cruddur.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Auth;

/// <summary>
/// A token endpoint (RFC 6749, section 4.3) for the API reference: it signs a user of the local pool in by password. It exists in
/// development with a local pool only.
/// </summary>
internal static class DevelopmentSignIn
{
    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/development/token";

    /// <summary>A user of every local pool.</summary>
    public const string UserName = "andrewbrown";

    /// <summary>The password of the users in every local pool.</summary>
    public const string Password = "Testing1234!";

    /// <summary>Whether this process has the endpoint.</summary>
    public static bool IsAvailable(IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() && !string.IsNullOrWhiteSpace(configuration[SettingNames.CognitoEndpoint]);

    /// <summary>Maps the endpoint where it is available.</summary>
    public static void MapDevelopmentSignIn(this WebApplication app)
    {
        if (IsAvailable(app.Configuration, app.Environment))
        {
            app.MapPost(Path, SignInAsync).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static async Task<Results<Ok<TokenResponse>, BadRequest<TokenError>>> SignInAsync(
        HttpRequest request,
        IConfiguration configuration,
        CognitoUserPool pool,
        IHttpClientFactory clients,
        CancellationToken cancellationToken)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        if (form["grant_type"] != "password")
        {
            return TypedResults.BadRequest(new TokenError("unsupported_grant_type"));
        }

        var body = new JsonObject
        {
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["ClientId"] = configuration.GetRequiredSetting(SettingNames.UserPoolClientId),
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = form["username"].ToString(), ["PASSWORD"] = form["password"].ToString() },
        };
        using var signIn = new HttpRequestMessage(HttpMethod.Post, $"{pool.Endpoint}/")
        {
            Headers = { { "X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth" } },
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        using var http = clients.CreateClient();
        using var answer = await http.SendAsync(signIn, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            return TypedResults.BadRequest(new TokenError("invalid_grant"));
        }

        var result = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return result?["AuthenticationResult"]?["AccessToken"]?.GetValue<string>() is { } token
            ? TypedResults.Ok(new TokenResponse(token, "Bearer"))
            : TypedResults.BadRequest(new TokenError("invalid_grant"));
    }
}

/// <summary>The response to a sign-in.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="TokenType">The scheme in <c>Authorization</c>.</param>
internal sealed record TokenResponse(string AccessToken, string TokenType);

/// <summary>The response to a sign-in that failed.</summary>
/// <param name="Error">One of the codes in RFC 6749, section 5.2.</param>
internal sealed record TokenError(string Error);
