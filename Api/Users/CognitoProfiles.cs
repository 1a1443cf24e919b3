using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cruddur.ServiceDefaults;

namespace Cruddur.Api.Users;

/// <summary>Asks Cognito about the caller, with the caller's own token.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html</remarks>
internal sealed class CognitoProfiles(HttpClient http, CognitoUserPool pool)
{
    /// <summary>The caller's profile.</summary>
    /// <param name="accessToken">The caller's access token.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The profile; null where Cognito does not accept the token any more.</returns>
    /// <exception cref="HttpRequestException">Cognito does not answer.</exception>
    public async Task<CognitoProfile?> FindAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{pool.Endpoint}/")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["AccessToken"] = accessToken })),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.GetUser");

        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode is System.Net.HttpStatusCode.BadRequest)
        {
            // The user was signed out everywhere, or deleted, since the token was made.
            return null;
        }

        response.EnsureSuccessStatusCode();
        var answer = await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var attributes = (answer?["UserAttributes"]?.AsArray() ?? [])
            .ToDictionary(attribute => attribute!["Name"]!.GetValue<string>(), attribute => attribute!["Value"]?.GetValue<string>());
        return new(
            attributes.GetValueOrDefault("preferred_username"),
            attributes.GetValueOrDefault("name"),
            attributes.GetValueOrDefault("email"));
    }
}
