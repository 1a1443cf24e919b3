using Cruddur.Api.Auth;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Api.MessageGroups;

/// <summary>Finds the message group that a request names.</summary>
internal static class MessageGroupLookup
{
    /// <summary>The group with this uuid as it is now; null if it does not exist or the caller is not a member.</summary>
    public static async Task<MessageGroup?> FindForCallerAsync(
        this MessageGroupStore groups, string groupUuid, CurrentUser caller, CancellationToken cancellationToken) =>
        Guid.TryParseExact(groupUuid, "D", out var uuid)
            ? await groups.FindForMemberAsync(uuid, caller.User.Uuid, cancellationToken)
            : null;

    /// <summary>
    /// The group with this uuid as the process knows it, to send to; null if it does not exist or the caller is not a member.
    /// </summary>
    public static async ValueTask<MessageGroup?> FindKnownForCallerAsync(
        this MessageGroupStore groups, string groupUuid, CurrentUser caller, CancellationToken cancellationToken) =>
        Guid.TryParseExact(groupUuid, "D", out var uuid)
            ? await groups.FindKnownForMemberAsync(uuid, caller.User.Uuid, cancellationToken)
            : null;
}
