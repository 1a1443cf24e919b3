using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Cruddur.Seeder.Cognito;

/// <summary>Lists the users of a user pool with Cognito's <c>ListUsers</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html</remarks>
/// <param name="cognito">The user pool.</param>
internal sealed class CognitoUserList(CognitoClient cognito)
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
                if (CognitoUser.Attribute(user, "sub") is { } sub)
                {
                    yield return new(sub, CognitoUser.Attribute(user, "preferred_username"));
                }
            }

            paginationToken = page["PaginationToken"]?.GetValue<string>();
        }
        while (paginationToken is not null);
    }

    private Task<JsonObject> ListPageAsync(string? paginationToken, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject
        {
            ["AttributesToGet"] = new JsonArray("sub", "preferred_username"),
            ["Limit"] = PageSize,
        };
        if (paginationToken is not null)
        {
            parameters["PaginationToken"] = paginationToken;
        }

        return cognito.CallAsync("ListUsers", parameters, cancellationToken);
    }
}
