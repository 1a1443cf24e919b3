using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Api.MessageGroups;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Messages;

/// <summary>Sends the messages of <c>POST /api/messages</c>.</summary>
internal sealed partial class MessageSender(
    CurrentUser caller, UserDirectory users, MessageGroupStore groups, MessageStore messages, ILogger<MessageSender> logger)
{
    /// <summary>Sends the message of a request that follows the <see cref="MessageRules"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="idempotencyKey">The value of the header <c>Idempotency-Key</c>; null without the header.</param>
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
        while (await groups.FindKnownForCallerAsync(groupUuid, caller, cancellationToken) is { } group)
        {
            if (await users.FindByUuidAsync(group.Members.OtherThan(caller.User.Uuid), cancellationToken) is not { } receiver)
            {
                return Problems.Unprocessable(ErrorCodes.ReceiverNotFound);
            }

            try
            {
                return Answer(await messages.SendAsync(
                    group, caller.User, receiver, text, Key(idempotencyKey, group.Uuid.ToString(), text), cancellationToken));
            }
            catch (MessageGroupReplacedException)
            {
                // The table was dropped or restored. The next round finds the group as it is now.
            }
        }

        return Problems.NotFound();
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
        return Answer(message);
    }

    private Ok<SentMessageResponse> Answer(Message message)
    {
        LogSent(logger, caller.User.Uuid, message.Uuid, message.GroupUuid);
        return TypedResults.Ok(SentMessageResponse.From(message));
    }

    [LoggerMessage(LogLevel.Information, "User {UserUuid} sent message {MessageUuid} in message group {MessageGroupUuid}.")]
    private static partial void LogSent(ILogger logger, Guid userUuid, Guid messageUuid, Guid messageGroupUuid);

    private static IdempotencyKey? Key(string? value, string receiver, string text) =>
        value is null ? null : IdempotencyKey.For(value, receiver, text);
}
