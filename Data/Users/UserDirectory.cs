using System.Collections.Concurrent;
using Cruddur.Data.Notifications;

namespace Cruddur.Data.Users;

/// <summary>
/// Caches users, so that most requests need no query to Postgres. A trigger in <c>Postgres/schema.sql</c> notifies every process
/// of changes. After a lost connection, notifications may be missing, so the cache is cleared.
/// </summary>
/// <param name="users">The users in Postgres.</param>
/// <param name="clock">Tells the age of an entry.</param>
public sealed class UserDirectory(UserStore users, TimeProvider clock) : INotificationHandler
{
    /// <summary>How long a user is cached at most, in case a notification is lost.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MaxUsers = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _byCognitoUserId = new();
    private readonly ConcurrentDictionary<string, Entry> _byHandle = new();
    private readonly ConcurrentDictionary<Guid, Entry> _byUuid = new();
    private int _changes;

    /// <inheritdoc />
    public string Channel => "cruddur_users";

    /// <summary>The user who signs in with this Cognito id; null if there is none.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public ValueTask<User?> FindByCognitoUserIdAsync(string cognitoUserId, CancellationToken cancellationToken) =>
        FindAsync(_byCognitoUserId, cognitoUserId, users.FindByCognitoUserIdAsync, cancellationToken);

    /// <summary>The user with this handle; null if there is none.</summary>
    /// <param name="handle">The handle, without the leading @, in upper, lower or mixed case.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public ValueTask<User?> FindByHandleAsync(string handle, CancellationToken cancellationToken) =>
        FindAsync(_byHandle, Handle.Normalize(handle), users.FindByHandleAsync, cancellationToken);

    /// <summary>The user with this uuid; null if there is none.</summary>
    /// <param name="uuid">The uuid.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async ValueTask<User?> FindByUuidAsync(Guid uuid, CancellationToken cancellationToken) =>
        (await FindByUuidsAsync([uuid], cancellationToken)).GetValueOrDefault(uuid);

    /// <summary>The users with these uuids. Unknown uuids are ignored.</summary>
    /// <param name="uuids">The uuids.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async ValueTask<IReadOnlyDictionary<Guid, User>> FindByUuidsAsync(IEnumerable<Guid> uuids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, User>();
        var unknown = new HashSet<Guid>();
        foreach (var uuid in uuids)
        {
            if (TryGet(_byUuid, uuid) is { } user)
            {
                found[uuid] = user;
            }
            else
            {
                unknown.Add(uuid);
            }
        }

        if (unknown.Count > 0)
        {
            var changes = Volatile.Read(ref _changes);
            foreach (var user in await users.FindByUuidsAsync(unknown, cancellationToken))
            {
                Add(user, changes);
                found[user.Uuid] = user;
            }
        }

        return found;
    }

    /// <inheritdoc />
    public void OnNotification(string payload)
    {
        Interlocked.Increment(ref _changes);
        if (Guid.TryParse(payload, out var uuid))
        {
            RemoveUser(_byCognitoUserId, uuid);
            RemoveUser(_byHandle, uuid);
            _byUuid.TryRemove(uuid, out _);
        }
    }

    /// <inheritdoc />
    public void OnConnected()
    {
        Interlocked.Increment(ref _changes);
        _byCognitoUserId.Clear();
        _byHandle.Clear();
        _byUuid.Clear();
    }

    private static void RemoveUser(ConcurrentDictionary<string, Entry> cache, Guid uuid)
    {
        foreach (var (key, entry) in cache)
        {
            if (entry.User.Uuid == uuid)
            {
                cache.TryRemove(key, out _);
            }
        }
    }

    private async ValueTask<User?> FindAsync(
        ConcurrentDictionary<string, Entry> cache,
        string key,
        Func<string, CancellationToken, Task<User?>> load,
        CancellationToken cancellationToken)
    {
        if (TryGet(cache, key) is { } known)
        {
            return known;
        }

        var changes = Volatile.Read(ref _changes);
        var user = await load(key, cancellationToken);
        if (user is not null)
        {
            Add(user, changes);
            Add(cache, key, user, changes);
        }

        return user;
    }

    private User? TryGet<TKey>(ConcurrentDictionary<TKey, Entry> cache, TKey key)
        where TKey : notnull =>
        cache.TryGetValue(key, out var entry) && clock.GetElapsedTime(entry.At) < Lifetime ? entry.User : null;

    private void Add(User user, int changesBefore)
    {
        Add(_byUuid, user.Uuid, user, changesBefore);
        Add(_byHandle, Handle.Normalize(user.Handle), user, changesBefore);
    }

    private void Add<TKey>(ConcurrentDictionary<TKey, Entry> cache, TKey key, User user, int changesBefore)
        where TKey : notnull
    {
        if (cache.Count >= MaxUsers)
        {
            cache.Clear();
        }

        cache[key] = new(user, clock.GetTimestamp());

        // A change that was notified during the read may make this entry out of date.
        if (Volatile.Read(ref _changes) != changesBefore)
        {
            cache.TryRemove(key, out _);
        }
    }

    private readonly record struct Entry(User User, long At);
}
