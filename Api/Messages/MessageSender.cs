using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Api.MessageGroups;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Messages;

/// <summary>Sends what <c>POST /api/messages</c> asks for.</summary>
internal sealed class MessageSender(
    CurrentUser caller, UserDirectory users, MessageGroupStore groups, MessageStore messages, MessageAnnouncer announcer)
{
    /// <summary>Sends a request that keeps the <see cref="MessageRules"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="idempotencyKey">The sender's name for the request; null where there is none.</param>
    /// <param name="cancellationToken">Stops the sending. The message may be sent or not when that happens.</param>
    public async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendAsync(
        SendMessageRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            return request.MessageGroupUuid is { } groupUuid
                ? await SendToGroupAsync(groupUuid, request.Message!, idempotencyKey, cancellationToken)
                : await SendToUserAsync(request.Handle!, request.Message!, idempotencyKey, cancellationToken);
        }
        catch (IdempotencyKeyReusedException)
        {
            return Problems.Unprocessable(ErrorCodes.IdempotencyKeyReused);
        }
    }

    private async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendToGroupAsync(
        string groupUuid, string text, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (await groups.FindForCallerAsync(groupUuid, caller, cancellationToken) is not { } group)
        {
            return Problems.NotFound();
        }

        if (await users.FindByUuidAsync(group.Members.OtherThan(caller.User.Uuid), cancellationToken) is not { } receiver)
        {
            return Problems.Unprocessable(ErrorCodes.ReceiverNotFound);
        }

        var message = await messages.SendAsync(
            group, caller.User, receiver, text, Key(idempotencyKey, group.Uuid.ToString(), text), cancellationToken);
        return Answer(message, receiver);
    }

    private async Task<Results<Ok<SentMessageResponse>, ProblemHttpResult>> SendToUserAsync(
        string handle, string text, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (await users.FindByHandleAsync(handle, cancellationToken) is not { } receiver)
        {
            return Problems.Unprocessable(ErrorCodes.ReceiverNotFound);
        }

        if (receiver.Uuid == caller.User.Uuid)
        {
            return Problems.Unprocessable(ErrorCodes.ReceiverIsSelf);
        }

        var message = await messages.SendAsync(
            caller.User, receiver, text, Key(idempotencyKey, receiver.Uuid.ToString(), text), cancellationToken);
        return Answer(message, receiver);
    }

    private Ok<SentMessageResponse> Answer(Message message, User receiver)
    {
        announcer.Announce(new(message.GroupUuid, new(caller.User.Uuid, receiver.Uuid), message.CreatedAt));
        return TypedResults.Ok(SentMessageResponse.From(message));
    }

    private static IdempotencyKey? Key(string? value, string receiver, string text) =>
        value is null ? null : IdempotencyKey.For(value, receiver, text);
}
