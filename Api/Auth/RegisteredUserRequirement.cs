using System.Security.Claims;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Authorization;

namespace Cruddur.Api.Auth;

/// <summary>Requires that the caller's token belongs to a user with a row, who becomes the <see cref="CurrentUser"/>.</summary>
internal sealed class RegisteredUserRequirement : IAuthorizationRequirement
{
    /// <summary>Name of the policy with this requirement. Callers without a row get 403 <c>user_not_registered</c>.</summary>
    public const string Policy = "registered-user";
}

/// <summary>Finds the caller's row.</summary>
internal sealed partial class RegisteredUserHandler(UserDirectory users, CurrentUser currentUser, ILogger<RegisteredUserHandler> logger)
    : AuthorizationHandler<RegisteredUserRequirement>
{
    /// <inheritdoc />
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RegisteredUserRequirement requirement)
    {
        if (context.User.FindFirstValue(TokenClaims.Subject) is not { } subject)
        {
            return;
        }

        var cancellationToken = (context.Resource as HttpContext)?.RequestAborted ?? default;
        if (await users.FindByCognitoUserIdAsync(subject, cancellationToken) is { } user)
        {
            currentUser.User = user;
            context.Succeed(requirement);
        }
        else
        {
            LogNotRegistered(logger, subject);
        }
    }

    [LoggerMessage(LogLevel.Information, "Refused a request with 403: the Cognito user {Subject} is not registered.")]
    private static partial void LogNotRegistered(ILogger logger, string subject);
}
