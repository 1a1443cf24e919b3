using Cruddur.Api.Errors;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Users;

/// <summary>The users.</summary>
internal static class UsersApi
{
    public static void MapUsersApi(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/@{handle}/short", FindAsync)
            .WithName("FindUser")
            .WithSummary("The user with a handle.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> FindAsync(
        string handle, UserDirectory users, CancellationToken cancellationToken) =>
        await users.FindByHandleAsync(handle, cancellationToken) is { } user
            ? TypedResults.Ok(UserResponse.From(user))
            : Problems.NotFound();
}
