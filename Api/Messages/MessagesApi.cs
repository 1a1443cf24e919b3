using System.ComponentModel;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Paging;
using Cruddur.Api.Users;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Messages;

/// <summary>The messages of the caller's conversations.</summary>
internal static class MessagesApi
{
    private const string IdempotencyKeyDescription =
        "The sender's name for this request, 1 to 255 visible ASCII characters. "
        + "Repeating a request with its key within a day sends nothing and answers the same.";

    public static void MapMessagesApi(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");
        messages.MapGet("/{message_group_uuid}", ListAsync)
            .WithEntityTag()
            .WithName("ListMessages")
            .WithSummary("List messages")
            .WithDescription("Returns the newest messages of a conversation, the oldest of them first.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        messages.MapPost("", SendAsync)
            .WithName("SendMessage")
            .WithSummary("Send a message")
            .WithDescription("Sends a message to a conversation, or to a user by handle.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<MessageResponse[]>, ProblemHttpResult>> ListAsync(
        [FromRoute(Name = "message_group_uuid"), Description("The conversation.")] string groupUuid,
        [AsParameters] PageQuery query,
        CurrentUser caller,
        MessageGroupStore groups,
        MessageStore messages,
        Pager pager,
        CurrentNames names,
        CancellationToken cancellationToken)
    {
        if (await groups.FindForCallerAsync(groupUuid, caller, cancellationToken) is not { } group)
        {
            return Problems.NotFound();
        }

        return await pager.AnswerAsync<Message, MessageResponse>(
            query,
            UtcTimestamp.IsTimestamp,
            (limit, start) => messages.ListAsync(group, limit, start, cancellationToken).AsTask(),
            async page =>
            {
                var senders = await names.ResolveAsync(page.Select(message => message.Sender), cancellationToken);
                return [.. page.Reverse().Select(message => MessageResponse.From(message, senders[message.Sender.Uuid]))];
            });
    }

    private static async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendAsync(
        SendMessageRequest request,
        [FromHeader(Name = "Idempotency-Key"), Description(IdempotencyKeyDescription)] string? idempotencyKey,
        MessageSender sender,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is not null && !IdempotencyKey.IsValid(idempotencyKey))
        {
            return Problems.BadRequest(ErrorCodes.IdempotencyKeyInvalid);
        }

        return MessageRules.Violations(request).ToArray() is { Length: > 0 } violations
            ? Problems.Unprocessable(violations)
            : await sender.SendAsync(request, idempotencyKey, cancellationToken);
    }
}
