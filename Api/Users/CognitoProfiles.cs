using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cruddur.ServiceDefaults;

namespace Cruddur.Api.Users;

/// <summary>Reads the caller's profile from Cognito, with the caller's own token.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html</remarks>
internal sealed class CognitoProfiles(HttpClient http, CognitoUserPool pool)
{
    /// <summary>The errors that mean that the user was signed out everywhere, or deleted, after the token was issued.</summary>
    private static readonly HashSet<string> TokenErrors = ["NotAuthorizedException", "UserNotFoundException"];

    /// <summary>The caller's profile.</summary>
    /// <param name="accessToken">The caller's access token.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The profile; null when Cognito no longer accepts the token.</returns>
    /// <exception cref="HttpRequestException">Cognito does not answer, or refuses the request for now, as when it throttles.</exception>
    public async Task<CognitoProfile?> FindAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{pool.Endpoint}/")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["AccessToken"] = accessToken })),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.GetUser");

        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.BadRequest
            && ErrorType(await response.Content.ReadAsStringAsync(cancellationToken)) is { } type
            && TokenErrors.Contains(type))
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var attributes = (answer?["UserAttributes"]?.AsArray() ?? [])
            .ToDictionary(attribute => attribute!["Name"]!.GetValue<string>(), attribute => attribute!["Value"]?.GetValue<string>());
        return new(
            attributes.GetValueOrDefault("preferred_username"),
            attributes.GetValueOrDefault("name"),
            attributes.GetValueOrDefault("email"));
    }

    /// <summary>The type of an error, which may have a namespace, as in <c>com.amazonaws#NotAuthorizedException</c>.</summary>
    private static string? ErrorType(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["__type"]?.GetValue<string>().Split('#')[^1];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
