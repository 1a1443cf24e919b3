using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cruddur.ServiceDefaults;

namespace Cruddur.Seeder.Cognito;

/// <summary>Lists the users of a user pool with Cognito's <c>ListUsers</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html</remarks>
/// <param name="http">Sends the requests.</param>
/// <param name="signer">Signs them.</param>
/// <param name="pool">The user pool.</param>
internal sealed class CognitoUserList(HttpClient http, CognitoRequestSigner signer, CognitoUserPool pool)
{
    /// <summary>The maximum number of users in one response of Cognito.</summary>
    private const int PageSize = 60;

    /// <summary>All users of the pool, page by page.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="CognitoException">Cognito refuses the request.</exception>
    /// <exception cref="HttpRequestException">Cognito does not respond.</exception>
    public async IAsyncEnumerable<CognitoUser> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? paginationToken = null;
        do
        {
            var page = await ListPageAsync(paginationToken, cancellationToken);
            foreach (var user in page["Users"]?.AsArray() ?? [])
            {
                if (Attribute(user, "sub") is { } sub)
                {
                    yield return new(sub, Attribute(user, "preferred_username"));
                }
            }

            paginationToken = page["PaginationToken"]?.GetValue<string>();
        }
        while (paginationToken is not null);
    }

    private static string? Attribute(JsonNode? user, string name) =>
        user?["Attributes"]?.AsArray()
            .FirstOrDefault(attribute => attribute?["Name"]?.GetValue<string>() == name)?["Value"]?.GetValue<string>();

    private async Task<JsonObject> ListPageAsync(string? paginationToken, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["AttributesToGet"] = new JsonArray("sub", "preferred_username"),
            ["Limit"] = PageSize,
        };
        if (paginationToken is not null)
        {
            body["PaginationToken"] = paginationToken;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{pool.Endpoint}/")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUsers");
        await signer.SignAsync(request, cancellationToken);

        using var response = await http.SendAsync(request, cancellationToken);
        var answer = await ReadObjectAsync(response, cancellationToken);
        return response.IsSuccessStatusCode && answer is not null
            ? answer
            : throw new CognitoException(pool.Id, (int)response.StatusCode, answer?["__type"]?.GetValue<string>());
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
