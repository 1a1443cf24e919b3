using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Paging;
using Cruddur.Data.Users;

namespace Cruddur.Api.Events;

/// <summary>The events of one listener.</summary>
internal sealed class EventStream(
    MessageHub hub, MessageStore messages, MessageGroupStore groups, UserDirectory users, TimeProvider clock)
{
    /// <summary>How long a stream is silent at most, so that both ends notice when the other has gone.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>The most messages to make up for. With more, the listener had better read its conversations anew.</summary>
    private const int MostMissed = 500;

    private const int PageSize = 100;

    /// <summary>The events from a position on, until the token is cancelled.</summary>
    /// <param name="user">Who listens.</param>
    /// <param name="resumeAt">Where an earlier stream ended; null to begin now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(
        User user, EventPosition? resumeAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = hub.Subscribe(user.Uuid);
        var position = resumeAt ?? new EventPosition(new(clock.GetUtcNow()));
        yield return new("{}", EventTypes.Ready) { EventId = position.ToString() };

        var news = new MessageSubscription.News(null, HasMissed: resumeAt is not null);
        while (true)
        {
            var incoming = await ReadAsync(user, news, position, cancellationToken);
            if (incoming is null)
            {
                position = new(new(clock.GetUtcNow()));
                yield return new("{}", EventTypes.Reset) { EventId = position.ToString() };
            }

            foreach (var (message, other) in incoming ?? [])
            {
                if (position.TryAdd(message))
                {
                    var sender = message.Sender.Uuid == user.Uuid ? user : other;
                    yield return new(
                        JsonSerializer.Serialize(SentMessageResponse.From(message with { Sender = sender }), ApiJson.Default.SentMessageResponse),
                        EventTypes.Message);

                    // The id comes with the second of the two, so that neither is missing after a break between them.
                    var head = new MessageGroupHead(message.GroupUuid, message.CreatedAt, message.Text, other);
                    yield return new(
                        JsonSerializer.Serialize(MessageGroupResponse.From(head, other), ApiJson.Default.MessageGroupResponse),
                        EventTypes.MessageGroup)
                    {
                        EventId = position.ToString(),
                    };
                }
            }

            news = await subscription.NextAsync(Heartbeat, cancellationToken);
            if (news == default)
            {
                yield return new("{}", EventTypes.Heartbeat);
            }
        }
    }

    /// <summary>The messages behind the news, each with the other member; null where there are too many.</summary>
    private async Task<List<(Message Message, User Other)>?> ReadAsync(
        User user, MessageSubscription.News news, EventPosition position, CancellationToken cancellationToken)
    {
        var found = new List<(Message Message, User Other)>();
        if (news.HasMissed)
        {
            await foreach (var head in AllAsync(start => groups.ListHeadsAsync(user.Uuid, PageSize, start, cancellationToken), position.Since))
            {
                var other = await users.FindByUuidAsync(head.Other.Uuid, cancellationToken) ?? head.Other;
                if (!await TryAddSinceAsync(found, head.GroupUuid, other, position.Since, cancellationToken))
                {
                    return null;
                }
            }
        }
        else if (news.Announcement is { } announcement
            && position.SinceIn(announcement.GroupUuid, announcement.CreatedAt) is { } since
            && await users.FindByUuidAsync(announcement.Members.OtherThan(user.Uuid), cancellationToken) is { } other
            && !await TryAddSinceAsync(found, announcement.GroupUuid, other, since, cancellationToken))
        {
            return null;
        }

        return [.. found.OrderBy(item => item.Message.CreatedAt)];
    }

    /// <summary>Adds a group's messages that are newer than a time.</summary>
    /// <returns>False where there are too many.</returns>
    private async Task<bool> TryAddSinceAsync(
        List<(Message Message, User Other)> found, Guid groupUuid, User other, UtcTimestamp since, CancellationToken cancellationToken)
    {
        await foreach (var message in AllAsync(start => messages.ListAsync(groupUuid, PageSize, start, cancellationToken), since))
        {
            found.Add((message, other));
            if (found.Count > MostMissed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All items of a list that are newer than a time, the oldest page first.</summary>
    private static async IAsyncEnumerable<T> AllAsync<T>(Func<PageStart, Task<Page<T>>> read, UtcTimestamp since)
    {
        var start = new PageStart(since.ToString(), PageDirection.Newer);
        Page<T> page;
        do
        {
            page = await read(start);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            start = new PageStart(page.Newer!, PageDirection.Newer);
        }
        while (page.Items.Count == PageSize);
    }
}
