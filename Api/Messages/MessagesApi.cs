using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Messages;

/// <summary>The messages of the caller's conversations.</summary>
internal static class MessagesApi
{
    private const int DefaultLimit = 20;

    public static void MapMessagesApi(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");
        messages.MapGet("/{message_group_uuid}", ListAsync)
            .WithName("ListMessages")
            .WithSummary("The newest messages of a conversation, the oldest of them first.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        messages.MapPost("", SendAsync)
            .WithName("SendMessage")
            .WithSummary("Sends a message to a conversation, or to a user by handle.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<MessageResponse[]>, ProblemHttpResult>> ListAsync(
        [FromRoute(Name = "message_group_uuid")] string groupUuid,
        CurrentUser caller,
        MessageGroupStore groups,
        MessageStore messages,
        CancellationToken cancellationToken)
    {
        if (await FindGroupAsync(groupUuid, caller, groups, cancellationToken) is not { } group)
        {
            return Problems.NotFound();
        }

        var page = await messages.ListAsync(group.Uuid, DefaultLimit, before: null, cancellationToken);
        return TypedResults.Ok(page.Items.Reverse().Select(MessageResponse.From).ToArray());
    }

    private static async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendAsync(
        SendMessageRequest request,
        CurrentUser caller,
        UserStore users,
        MessageGroupStore groups,
        MessageStore messages,
        CancellationToken cancellationToken)
    {
        if (MessageRules.Violations(request).ToArray() is { Length: > 0 } violations)
        {
            return Problems.Unprocessable(violations);
        }

        return request.MessageGroupUuid is not null
            ? await SendToGroupAsync(request, caller, users, groups, messages, cancellationToken)
            : await SendToUserAsync(request, caller, users, messages, cancellationToken);
    }

    private static async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendToGroupAsync(
        SendMessageRequest request, CurrentUser caller, UserStore users, MessageGroupStore groups, MessageStore messages, CancellationToken cancellationToken)
    {
        if (await FindGroupAsync(request.MessageGroupUuid!, caller, groups, cancellationToken) is not { } group)
        {
            return Problems.NotFound();
        }

        if (await users.FindByUuidsAsync([group.Members.OtherThan(caller.User.Uuid)], cancellationToken) is not [var receiver])
        {
            return Problems.Unprocessable(ErrorCodes.ReceiverNotFound);
        }

        var message = await messages.SendAsync(group, caller.User, receiver, request.Message!, key: null, cancellationToken);
        return TypedResults.Ok(SentMessageResponse.From(message));
    }

    private static async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendToUserAsync(
        SendMessageRequest request, CurrentUser caller, UserStore users, MessageStore messages, CancellationToken cancellationToken)
    {
        if (await users.FindByHandleAsync(request.Handle!, cancellationToken) is not { } receiver)
        {
            return Problems.Unprocessable(ErrorCodes.ReceiverNotFound);
        }

        if (receiver.Uuid == caller.User.Uuid)
        {
            return Problems.Unprocessable(ErrorCodes.ReceiverIsSelf);
        }

        var message = await messages.SendAsync(caller.User, receiver, request.Message!, key: null, cancellationToken);
        return TypedResults.Ok(SentMessageResponse.From(message));
    }

    /// <summary>The group, if the text is the uuid of one that the caller belongs to: to others it does not exist.</summary>
    private static async Task<MessageGroup?> FindGroupAsync(
        string groupUuid, CurrentUser caller, MessageGroupStore groups, CancellationToken cancellationToken) =>
        Guid.TryParseExact(groupUuid, "D", out var uuid)
            ? await groups.FindForMemberAsync(uuid, caller.User.Uuid, cancellationToken)
            : null;
}
