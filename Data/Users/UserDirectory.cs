using System.Collections.Concurrent;
using Cruddur.Data.Notifications;

namespace Cruddur.Data.Users;

/// <summary>
/// Remembers users, so that a request in the steady state asks Postgres nothing. Postgres tells of every change
/// (the trigger in <c>Postgres/schema.sql</c>), in whichever process it was made; what was missed while Postgres was away
/// is made up for by forgetting everything.
/// </summary>
/// <param name="users">The users in Postgres.</param>
/// <param name="clock">Tells how old a memory is.</param>
public sealed class UserDirectory(UserStore users, TimeProvider clock) : INotificationHandler
{
    /// <summary>How long a user is remembered at most, whatever happens to the notifications.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MostUsers = 10_000;

    private readonly ConcurrentDictionary<string, Remembered> _byCognitoUserId = new();
    private readonly ConcurrentDictionary<string, Remembered> _byHandle = new();
    private readonly ConcurrentDictionary<Guid, Remembered> _byUuid = new();
    private int _changes;

    /// <inheritdoc />
    public string Channel => "cruddur_users";

    /// <summary>The user who signs in with this Cognito id; null where there is none.</summary>
    /// <param name="cognitoUserId">The <c>sub</c> of the user's tokens.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public ValueTask<User?> FindByCognitoUserIdAsync(string cognitoUserId, CancellationToken cancellationToken) =>
        FindAsync(_byCognitoUserId, cognitoUserId, users.FindByCognitoUserIdAsync, cancellationToken);

    /// <summary>The user with this handle; null where there is none.</summary>
    /// <param name="handle">The handle, without the leading @.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public ValueTask<User?> FindByHandleAsync(string handle, CancellationToken cancellationToken) =>
        FindAsync(_byHandle, handle, users.FindByHandleAsync, cancellationToken);

    /// <summary>The user with this uuid; null where there is none.</summary>
    /// <param name="uuid">The uuid.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask<User?> FindByUuidAsync(Guid uuid, CancellationToken cancellationToken) =>
        (await FindByUuidsAsync([uuid], cancellationToken)).GetValueOrDefault(uuid);

    /// <summary>The users with these uuids; unknown ones are left out.</summary>
    /// <param name="uuids">The uuids.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask<IReadOnlyDictionary<Guid, User>> FindByUuidsAsync(IEnumerable<Guid> uuids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, User>();
        var unknown = new HashSet<Guid>();
        foreach (var uuid in uuids)
        {
            if (TryRecall(_byUuid, uuid) is { } user)
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
                Remember(user, changes);
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
            Forget(_byCognitoUserId, uuid);
            Forget(_byHandle, uuid);
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

    private static void Forget(ConcurrentDictionary<string, Remembered> memory, Guid uuid)
    {
        foreach (var (key, remembered) in memory)
        {
            if (remembered.User.Uuid == uuid)
            {
                memory.TryRemove(key, out _);
            }
        }
    }

    private async ValueTask<User?> FindAsync(
        ConcurrentDictionary<string, Remembered> memory,
        string key,
        Func<string, CancellationToken, Task<User?>> load,
        CancellationToken cancellationToken)
    {
        if (TryRecall(memory, key) is { } known)
        {
            return known;
        }

        var changes = Volatile.Read(ref _changes);
        var user = await load(key, cancellationToken);
        if (user is not null)
        {
            Remember(user, changes);
            Remember(memory, key, user, changes);
        }

        return user;
    }

    private User? TryRecall<TKey>(ConcurrentDictionary<TKey, Remembered> memory, TKey key)
        where TKey : notnull =>
        memory.TryGetValue(key, out var remembered) && clock.GetElapsedTime(remembered.At) < Lifetime ? remembered.User : null;

    private void Remember(User user, int changesBefore)
    {
        Remember(_byUuid, user.Uuid, user, changesBefore);
        Remember(_byHandle, user.Handle, user, changesBefore);
    }

    private void Remember<TKey>(ConcurrentDictionary<TKey, Remembered> memory, TKey key, User user, int changesBefore)
        where TKey : notnull
    {
        if (memory.Count >= MostUsers)
        {
            memory.Clear();
        }

        memory[key] = new(user, clock.GetTimestamp());

        // A change that came in while the user was read may be the one that makes this out of date.
        if (Volatile.Read(ref _changes) != changesBefore)
        {
            memory.TryRemove(key, out _);
        }
    }

    private readonly record struct Remembered(User User, long At);
}
