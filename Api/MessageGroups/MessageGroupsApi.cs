using Cruddur.Api.Auth;
using Cruddur.Data.MessageGroups;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.MessageGroups;

/// <summary>The caller's conversations.</summary>
internal static class MessageGroupsApi
{
    private const int DefaultLimit = 20;

    public static void MapMessageGroupsApi(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/message_groups").WithTags("Message groups");
        groups.MapGet("", ListAsync)
            .WithName("ListMessageGroups")
            .WithSummary("The caller's conversations, the one with the newest message first.");
    }

    private static async Task<Ok<MessageGroupResponse[]>> ListAsync(
        CurrentUser caller, MessageGroupStore groups, CancellationToken cancellationToken)
    {
        var page = await groups.ListHeadsAsync(caller.User.Uuid, DefaultLimit, before: null, cancellationToken);
        return TypedResults.Ok(page.Items.Select(MessageGroupResponse.From).ToArray());
    }
}
