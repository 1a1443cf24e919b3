using System.ComponentModel;
using Cruddur.Api.Errors;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Users;

/// <summary>Finds users.</summary>
internal static class UsersApi
{
    /// <summary>The description of a handle in a route, for the OpenAPI document.</summary>
    public const string HandleDescription = "The user's handle. Upper and lower case are the same.";

    private const int MaxResults = 10;

    /// <summary>The longest query that can match: no handle or name is longer.</summary>
    private const int MaxQueryLength = 128;

    public static void MapUsersApi(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/@{handle}/short", FindAsync)
            .WithName("FindUser")
            .WithSummary("Get a user")
            .WithDescription("Returns the user with the handle.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapGet("", SearchAsync)
            .RequireRateLimiting(RequestLimits.SearchPolicy)
            .WithName("SearchUsers")
            .WithSummary("Search users")
            .WithDescription("Returns up to 10 users whose handle or name begins with a text, sorted by handle.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<UserResponse[]>, ProblemHttpResult>> SearchAsync(
        [FromQuery(Name = "q"), Description("The beginning of the handle or of the name.")] string? query,
        UserStore users,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return Problems.Unprocessable(ErrorCodes.QueryBlank);
        }

        // Postgres cannot store a null character, nor search for one.
        var found = query.Contains('\0', StringComparison.Ordinal) || query.Length > MaxQueryLength
            ? []
            : await users.SearchAsync(query.Trim(), MaxResults, cancellationToken);
        return TypedResults.Ok(found.Select(UserResponse.From).ToArray());
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> FindAsync(
        [Description(HandleDescription)] string handle, UserDirectory users, CancellationToken cancellationToken) =>
        await users.FindByHandleAsync(handle, cancellationToken) is { } user
            ? TypedResults.Ok(UserResponse.From(user))
            : Problems.NotFound();
}
