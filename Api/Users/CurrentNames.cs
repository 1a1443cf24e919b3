using Cruddur.Data;
using Cruddur.Data.Users;

namespace Cruddur.Api.Users;

/// <summary>Gives the users in messages and conversations the names that they have now: those in the items are from the time of sending.</summary>
internal sealed class CurrentNames(UserDirectory users)
{
    /// <summary>The users as they are called now.</summary>
    /// <param name="copies">The users as the items have them.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Each user, by the uuid. A user who can't be found keeps the name of the item.</returns>
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
            // A name of yesterday is better than no conversation at all.
        }

        return named;
    }
}
