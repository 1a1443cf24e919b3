using System.Security.Claims;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Users;

/// <summary>The row of a user who has just signed up.</summary>
internal static class RegistrationApi
{
    public static void MapRegistrationApi(this IEndpointRouteBuilder api) =>
        api.MapPut("/users/me", RegisterAsync)
            .WithTags("Users")
            .WithName("RegisterMe")
            .WithSummary("Makes the caller's row on first use, from what the caller has told Cognito; later brings name and e-mail up to date.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<UserResponse>, UnauthorizedHttpResult, ProblemHttpResult>> RegisterAsync(
        HttpContext context, ClaimsPrincipal principal, CognitoProfiles profiles, UserStore users, CancellationToken cancellationToken)
    {
        var accessToken = await context.GetTokenAsync("access_token");
        if (await profiles.FindAsync(accessToken!, cancellationToken) is not { } profile)
        {
            return TypedResults.Unauthorized();
        }

        if (profile.PreferredUsername is not { } handle || !Handle.IsValid(handle))
        {
            return Problems.Unprocessable(ErrorCodes.HandleInvalid);
        }

        var name = string.IsNullOrWhiteSpace(profile.Name) ? handle : profile.Name;
        var user = await users.RegisterAsync(
            principal.FindFirstValue(TokenClaims.Subject)!, handle, name, profile.Email ?? "", cancellationToken);
        return user is null ? Problems.Conflict(ErrorCodes.HandleTaken) : TypedResults.Ok(UserResponse.From(user));
    }
}
