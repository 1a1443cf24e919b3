using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cruddur.ServiceDefaults;

namespace Cruddur.Seeder.Cognito;

/// <summary>Calls the API of a user pool as an administrator.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html</remarks>
/// <param name="http">Sends the requests.</param>
/// <param name="signer">Signs them.</param>
/// <param name="pool">The user pool.</param>
internal sealed class CognitoClient(HttpClient http, CognitoRequestSigner signer, CognitoUserPool pool)
{
    /// <summary>Calls an action.</summary>
    /// <param name="action">The name of the action, such as <c>ListUsers</c>.</param>
    /// <param name="parameters">Its parameters beside the pool's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Cognito's response.</returns>
    /// <exception cref="CognitoException">Cognito refuses the request.</exception>
    /// <exception cref="HttpRequestException">Cognito does not respond.</exception>
    public async Task<JsonObject> CallAsync(string action, JsonObject parameters, CancellationToken cancellationToken)
    {
        parameters["UserPoolId"] = pool.Id;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{pool.Endpoint}/")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(parameters)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{action}");
        await signer.SignAsync(request, cancellationToken);

        using var response = await http.SendAsync(request, cancellationToken);
        var answer = await ReadObjectAsync(response, cancellationToken);
        return response.IsSuccessStatusCode && answer is not null
            ? answer
            : throw new CognitoException(
                pool.Id, action, (int)response.StatusCode, answer?["__type"]?.GetValue<string>(), answer?["message"]?.GetValue<string>());
    }

    private static async Task<JsonObject?> ReadObjectAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken) as JsonObject;
        }
        catch (JsonException)
        {
            // The response is not from Cognito, for example a proxy's page. Only its status is known.
            return null;
        }
    }
}
