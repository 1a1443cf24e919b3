using System.Security.Claims;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Users;

/// <summary>Registers users who have signed up with Cognito.</summary>
internal static class RegistrationApi
{
    public static void MapRegistrationApi(this IEndpointRouteBuilder api) =>
        api.MapPut("/users/me", RegisterAsync)
            .RequireAuthorization()
            .WithTags("Users")
            .WithName("RegisterMe")
            .WithSummary("Register the caller")
            .WithDescription(
                "Creates the caller's row from the caller's profile in Cognito (`preferred_username`, `name`, `email`). If the row "
                + "exists, updates its name and e-mail address. The handle is `preferred_username` in lower case: 2 to 30 letters a to z, "
                + "digits and underscores.")
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

        var handle = Handle.Normalize(profile.PreferredUsername ?? "");
        if (!Handle.IsValid(handle))
        {
            return Problems.Unprocessable(ErrorCodes.HandleInvalid);
        }

        var name = string.IsNullOrWhiteSpace(profile.Name) ? handle : profile.Name;
        var user = await users.RegisterAsync(
            principal.FindFirstValue(TokenClaims.Subject)!, handle, name, profile.Email ?? "", cancellationToken);
        return user is null ? Problems.Conflict(ErrorCodes.HandleTaken) : TypedResults.Ok(UserResponse.From(user));
    }
}
