using Cruddur.Api.Auth;
using Cruddur.Api.Paging;
using Cruddur.Api.Users;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.MessageGroups;

/// <summary>The caller's conversations.</summary>
internal static class MessageGroupsApi
{
    public static void MapMessageGroupsApi(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/message_groups").WithTags("Message groups");
        groups.MapGet("", ListAsync)
            .WithEntityTag()
            .WithName("ListMessageGroups")
            .WithSummary("List conversations")
            .WithDescription("Returns the caller's conversations, the one with the newest message first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Task<Results<Ok<MessageGroupResponse[]>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query,
        CurrentUser caller,
        MessageGroupStore groups,
        Pager pager,
        CurrentNames names,
        CancellationToken cancellationToken) =>
        pager.AnswerAsync<MessageGroupHead, MessageGroupResponse>(
            query,
            UtcTimestamp.IsTimestamp,
            (limit, start) => groups.ListHeadsAsync(caller.User.Uuid, limit, start, cancellationToken),
            async page =>
            {
                var others = await names.ResolveAsync(page.Select(head => head.Other), cancellationToken);

                // A query that runs beside a transaction may find a head at its old and at its new position.
                return
                [
                    .. page.DistinctBy(head => head.GroupUuid).Select(head => MessageGroupResponse.From(head, others[head.Other.Uuid])),
                ];
            });
}
