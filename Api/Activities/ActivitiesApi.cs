using System.ComponentModel;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Api.Messages;
using Cruddur.Api.Paging;
using Cruddur.Api.Users;
using Cruddur.Data.Activities;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Activities;

/// <summary>The activities of all users, which the front end calls cruds.</summary>
internal static class ActivitiesApi
{
    private const string UuidDescription = "The crud.";

    public static void MapActivitiesApi(this IEndpointRouteBuilder api)
    {
        var activities = api.MapGroup("/activities").WithTags("Activities");
        activities.MapGet("/home", ListHomeAsync)
            .WithName("ListHomeActivities")
            .WithSummary("List the home feed")
            .WithDescription("Returns the cruds of all users that have not expired, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        activities.MapPost("", CreateAsync)
            .WithName("CreateActivity")
            .WithSummary("Create a crud")
            .WithDescription("Creates a crud that all users see until it expires.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        activities.MapGet("/{uuid:guid}/replies", ListRepliesAsync)
            .WithName("ListReplies")
            .WithSummary("List replies")
            .WithDescription("Returns the replies to a crud, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        activities.MapPost("/{uuid:guid}/reply", ReplyAsync)
            .WithName("Reply")
            .WithSummary("Reply to a crud")
            .WithDescription("Creates a reply, which expires together with the crud.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        activities.MapPut("/{uuid:guid}/like", LikeAsync)
            .WithName("Like")
            .WithSummary("Like a crud")
            .WithDescription("Adds the caller's like to a crud. Repeating the request changes nothing.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        activities.MapDelete("/{uuid:guid}/like", UnlikeAsync)
            .WithName("Unlike")
            .WithSummary("Unlike a crud")
            .WithDescription("Removes the caller's like from a crud. Repeating the request changes nothing.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/users/@{handle}/activities", ListOfUserAsync)
            .WithTags("Activities")
            .WithName("ListUserActivities")
            .WithSummary("List a user's cruds")
            .WithDescription("Returns a user's cruds and replies that have not expired, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<Results<Ok<ActivityResponse[]>, ProblemHttpResult>> ListHomeAsync(
        [AsParameters] PageQuery query, CurrentUser caller, ActivityStore activities, Pager pager, CancellationToken cancellationToken) =>
        pager.AnswerAsync<Activity, ActivityResponse>(
            query,
            IsPosition,
            (limit, start) => activities.ListHomeAsync(caller.User.Uuid, limit, start, cancellationToken),
            Write);

    private static async Task<Results<Ok<ActivityResponse[]>, ProblemHttpResult>> ListOfUserAsync(
        [Description(UsersApi.HandleDescription)] string handle,
        [AsParameters] PageQuery query,
        CurrentUser caller,
        UserDirectory users,
        ActivityStore activities,
        Pager pager,
        CancellationToken cancellationToken) =>
        await users.FindByHandleAsync(handle, cancellationToken) is { } user
            ? await pager.AnswerAsync<Activity, ActivityResponse>(
                query,
                IsPosition,
                (limit, start) => activities.ListOfUserAsync(caller.User.Uuid, user.Uuid, limit, start, cancellationToken),
                Write)
            : Problems.NotFound();

    private static async Task<Results<Ok<ActivityResponse[]>, ProblemHttpResult>> ListRepliesAsync(
        [Description(UuidDescription)] Guid uuid,
        [AsParameters] PageQuery query,
        CurrentUser caller,
        ActivityStore activities,
        Pager pager,
        CancellationToken cancellationToken) =>
        await activities.FindAsync(caller.User.Uuid, uuid, cancellationToken) is not null
            ? await pager.AnswerAsync<Activity, ActivityResponse>(
                query,
                IsPosition,
                (limit, start) => activities.ListRepliesAsync(caller.User.Uuid, uuid, limit, start, cancellationToken),
                Write)
            : Problems.NotFound();

    private static async Task<Results<Ok<ActivityResponse>, ProblemHttpResult>> CreateAsync(
        CreateActivityRequest request, CurrentUser caller, ActivityStore activities, CancellationToken cancellationToken)
    {
        if (ActivityRules.Violations(request).ToArray() is { Length: > 0 } violations)
        {
            return Problems.Unprocessable(violations);
        }

        return Answer(await activities.CreateAsync(
            caller.User.Uuid, request.Message!, ActivityRules.Lifetime(request.Ttl!), cancellationToken));
    }

    private static async Task<Results<Ok<ActivityResponse>, ProblemHttpResult>> ReplyAsync(
        [Description(UuidDescription)] Guid uuid,
        ReplyRequest request,
        CurrentUser caller,
        ActivityStore activities,
        CancellationToken cancellationToken)
    {
        if (MessageRules.TextViolations(request.Message).ToArray() is { Length: > 0 } violations)
        {
            return Problems.Unprocessable(violations);
        }

        return Answer(await activities.ReplyAsync(caller.User.Uuid, uuid, request.Message!, cancellationToken));
    }

    private static async Task<Results<Ok<ActivityResponse>, ProblemHttpResult>> LikeAsync(
        [Description(UuidDescription)] Guid uuid, CurrentUser caller, ActivityStore activities, CancellationToken cancellationToken) =>
        Answer(await activities.LikeAsync(caller.User.Uuid, uuid, isLiked: true, cancellationToken));

    private static async Task<Results<Ok<ActivityResponse>, ProblemHttpResult>> UnlikeAsync(
        [Description(UuidDescription)] Guid uuid, CurrentUser caller, ActivityStore activities, CancellationToken cancellationToken) =>
        Answer(await activities.LikeAsync(caller.User.Uuid, uuid, isLiked: false, cancellationToken));

    private static Results<Ok<ActivityResponse>, ProblemHttpResult> Answer(Activity? activity) =>
        activity is null ? Problems.NotFound() : TypedResults.Ok(ActivityResponse.From(activity));

    private static bool IsPosition(string text) => ActivityPosition.TryParse(text, out _);

    private static Task<ActivityResponse[]> Write(IReadOnlyList<Activity> page) =>
        Task.FromResult(page.Select(ActivityResponse.From).ToArray());
}
