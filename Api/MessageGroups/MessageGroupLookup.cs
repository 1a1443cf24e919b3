using Cruddur.Api.Auth;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Api.MessageGroups;

/// <summary>Finds the message group that a request names.</summary>
internal static class MessageGroupLookup
{
    /// <summary>The group, if the text is the uuid of one that the caller belongs to: to others it does not exist.</summary>
    public static async Task<MessageGroup?> FindForCallerAsync(
        this MessageGroupStore groups, string groupUuid, CurrentUser caller, CancellationToken cancellationToken) =>
        Guid.TryParseExact(groupUuid, "D", out var uuid)
            ? await groups.FindForMemberAsync(uuid, caller.User.Uuid, cancellationToken)
            : null;
}
