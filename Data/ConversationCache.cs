using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Paging;
using Microsoft.Extensions.Caching.Memory;

namespace Cruddur.Data;

/// <summary>
/// What this process has read or written of the conversations, up to 16 MB. Nothing in it is valid by itself, and no process tells
/// another about changes: each use is checked against the group item, whose version identifies the state of the conversation.
/// Sending checks it in the transaction, reading with one strongly consistent read.
/// </summary>
public sealed class ConversationCache : IDisposable
{
    /// <summary>The most that the entries take, in bytes. Their sizes are estimates, 1.1 to 1.8 times what was measured.</summary>
    internal const long MaxSize = 16 * 1024 * 1024;

    private const int GroupSize = 600;
    private const int PairSize = 400;
    private const int PageSize = 600;
    private const int MessageSize = 500;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxSize, TrackStatistics = true });

    /// <summary>The estimated size of all entries, in bytes.</summary>
    internal long Size => _cache.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();

    /// <summary>A group as it was last seen; null if it is not known.</summary>
    internal MessageGroup? FindGroup(Guid groupUuid) => _cache.Get<MessageGroup>(groupUuid);

    /// <summary>The group of two users as it was last seen; null if it is not known.</summary>
    internal MessageGroup? FindGroup(UserPair members) =>
        _cache.TryGetValue(members, out Guid groupUuid)
        && FindGroup(groupUuid) is { SuccessorUuid: null } group
        && group.Members == members
            ? group
            : null;

    /// <summary>Adds a group, in place of an earlier state.</summary>
    internal void Add(MessageGroup group)
    {
        if (FindGroup(group.Uuid) != group)
        {
            Set(group.Uuid, group, GroupSize);
        }
    }

    /// <summary>Adds the group to which the messages between its members go.</summary>
    internal void AddForPair(MessageGroup group)
    {
        Add(group);
        Set(group.Members, group.Uuid, PairSize);
    }

    /// <summary>Removes a group that has been deleted.</summary>
    internal void Remove(Guid groupUuid) => _cache.Remove(groupUuid);

    /// <summary>A page of a group's messages, if it was read in the same state of the group.</summary>
    /// <param name="group">The group as it was read for this request.</param>
    /// <param name="limit">The maximum number of messages of the page.</param>
    /// <param name="start">Where the page starts; null for the newest page.</param>
    internal Page<Message>? FindPage(MessageGroup group, int limit, PageStart? start) =>
        _cache.TryGetValue(new PageKey(group.Uuid, limit, start), out PageEntry? entry) && entry!.Group == group ? entry.Page : null;

    /// <summary>
    /// Adds a page of a group's messages, in place of the page in an earlier state. It is not added if it may be of another state
    /// than the group.
    /// </summary>
    /// <param name="group">The group as it was read before the page.</param>
    /// <param name="limit">The maximum number of messages of the page.</param>
    /// <param name="start">Where the page starts; null for the newest page.</param>
    /// <param name="page">The page.</param>
    internal void AddPage(MessageGroup group, int limit, PageStart? start, Page<Message> page)
    {
        // A message that was sent between the two reads belongs to a later state.
        var newestAt = page.Items is [var newest, ..] ? newest.CreatedAt : default;
        var isOfGroup = start is null ? newestAt == group.LastMessageAt : newestAt <= group.LastMessageAt;
        if (group is { Version: not null, IsImporting: false } && isOfGroup)
        {
            var size = PageSize + page.Items.Sum(message => MessageSize + (sizeof(char) * message.Text.Length));
            Set(new PageKey(group.Uuid, limit, start), new PageEntry(group, page), size);
        }
    }

    private void Set<TKey, TValue>(TKey key, TValue value, long size)
        where TKey : notnull =>
        _cache.Set(key, value, new MemoryCacheEntryOptions { Size = size });

    private sealed record PageKey(Guid GroupUuid, int Limit, PageStart? Start);

    private sealed record PageEntry(MessageGroup Group, Page<Message> Page);
}
