using Cruddur.Data;
using Cruddur.Data.Users;

namespace Cruddur.Api.Users;

/// <summary>Replaces the names in messages and conversations, which date from the time of sending, with the current ones.</summary>
internal sealed class CurrentNames(UserDirectory users)
{
    /// <summary>The users with their current names.</summary>
    /// <param name="copies">The users as stored in the items.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The users by uuid. A user who can't be found keeps the name of the item.</returns>
    public async Task<IReadOnlyDictionary<Guid, User>> ResolveAsync(IEnumerable<User> copies, CancellationToken cancellationToken)
    {
        var named = new Dictionary<Guid, User>();
        foreach (var copy in copies)
        {
            named.TryAdd(copy.Uuid, copy);
        }

        try
        {
            foreach (var (uuid, user) in await users.FindByUuidsAsync(named.Keys.ToArray(), cancellationToken))
            {
                named[uuid] = user;
            }
        }
        catch (Exception exception) when (ServerAvailability.IsUnavailable(exception))
        {
            // An old name is better than no conversation.
        }

        return named;
    }
}
