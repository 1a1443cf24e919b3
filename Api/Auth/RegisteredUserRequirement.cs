using System.Security.Claims;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Authorization;

namespace Cruddur.Api.Auth;

/// <summary>The caller's token belongs to a user with a row, who becomes the <see cref="CurrentUser"/>.</summary>
internal sealed class RegisteredUserRequirement : IAuthorizationRequirement
{
    /// <summary>Name of the policy that asks for it. Callers without a row get 403 <c>user_not_registered</c>.</summary>
    public const string Policy = "registered-user";
}

/// <summary>Finds the row.</summary>
internal sealed class RegisteredUserHandler(UserDirectory users, CurrentUser currentUser)
    : AuthorizationHandler<RegisteredUserRequirement>
{
    /// <inheritdoc />
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RegisteredUserRequirement requirement)
    {
        var cancellationToken = (context.Resource as HttpContext)?.RequestAborted ?? default;
        if (context.User.FindFirstValue(TokenClaims.Subject) is { } subject
            && await users.FindByCognitoUserIdAsync(subject, cancellationToken) is { } user)
        {
            currentUser.User = user;
            context.Succeed(requirement);
        }
    }
}
