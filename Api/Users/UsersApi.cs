using System.ComponentModel;
using Cruddur.Api.Errors;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Users;

/// <summary>The users.</summary>
internal static class UsersApi
{
    /// <summary>What a handle in a route is, for the OpenAPI document.</summary>
    public const string HandleDescription = "The user's handle.";

    private const int MostFound = 10;

    public static void MapUsersApi(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/@{handle}/short", FindAsync)
            .WithName("FindUser")
            .WithSummary("The user with a handle.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapGet("", SearchAsync)
            .WithName("SearchUsers")
            .WithSummary("Up to 10 users whose handle or name begins with a text.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<UserResponse[]>, ProblemHttpResult>> SearchAsync(
        [FromQuery(Name = "q"), Description("What the handle or the name begins with.")] string? query, UserStore users, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return Problems.Unprocessable(ErrorCodes.QueryBlank);
        }

        // What no text in Postgres can contain, or no handle or name is as long as, is not searched for.
        var found = query.Contains('\0', StringComparison.Ordinal) || query.Length > Handle.MaxLength
            ? []
            : await users.SearchAsync(query.Trim(), MostFound, cancellationToken);
        return TypedResults.Ok(found.Select(UserResponse.From).ToArray());
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> FindAsync(
        [Description(HandleDescription)] string handle, UserDirectory users, CancellationToken cancellationToken) =>
        await users.FindByHandleAsync(handle, cancellationToken) is { } user
            ? TypedResults.Ok(UserResponse.From(user))
            : Problems.NotFound();
}
