using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Api.Users;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Paging;
using Cruddur.Data.Users;

namespace Cruddur.Api.Events;

/// <summary>The event stream of one listener.</summary>
internal sealed class EventStream(
    MessageHub hub, MessageStore messages, MessageGroupStore groups, UserDirectory users, CurrentNames names, TimeProvider clock)
{
    /// <summary>
    /// How often a stream sends a heartbeat, so that both ends notice a broken connection. At each heartbeat it also looks for
    /// messages whose announcement was lost. They arrive within 15 seconds, the time for the reads included.
    /// </summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>The most missed messages to send. A listener that missed more must reload its conversations.</summary>
    private const int MaxMissed = 500;

    private const int PageSize = 100;

    /// <summary>The events after a position, until the token is cancelled. The stream stays open when a server is unavailable.</summary>
    /// <param name="caller">The listener.</param>
    /// <param name="resumeAt">Where an earlier stream ended; null to start now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(
        User caller, EventPosition? resumeAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = hub.Subscribe(caller.Uuid);
        await using var timer = clock.CreateTimer(_ => subscription.LookForMissed(), state: null, Heartbeat, Heartbeat);
        var position = resumeAt ?? new EventPosition(new(clock.GetUtcNow()));
        if (resumeAt is not null)
        {
            subscription.LookForMissed();
        }

        yield return new("{}", EventTypes.Ready) { EventId = position.ToString() };

        while (true)
        {
            var announcement = await subscription.NextAsync(cancellationToken);
            var readAt = clock.GetUtcNow();
            var isComplete = announcement is null;
            List<IncomingMessage>? incoming;
            try
            {
                incoming = announcement is null
                    ? await ReadMissedAsync(caller, position, cancellationToken)
                    : await ReadAnnouncedAsync(caller, announcement, position, cancellationToken);
            }
            catch (Exception exception) when (ServerAvailability.IsUnavailable(exception))
            {
                // A later heartbeat finds these messages.
                incoming = [];
                isComplete = false;
            }

            if (incoming is null)
            {
                position = new(new(readAt));
                yield return new("{}", EventTypes.Reset) { EventId = position.ToString() };
            }

            var unsent = (incoming ?? [])
                .OrderBy(message => message.Message.CreatedAt)
                .Where(message => position.TryAdd(message.Message));
            foreach (var message in unsent)
            {
                yield return message.ToMessageEvent();

                // The id comes with the second event of a message, so that a break between the two loses neither.
                yield return message.ToGroupEvent(position);
            }

            if (isComplete)
            {
                position.MoveTo(readAt);
                if (subscription.TakeReload())
                {
                    yield return new("{}", EventTypes.Reload);
                }
            }

            if (announcement is null)
            {
                yield return new("{}", EventTypes.Heartbeat);
            }
        }
    }

    /// <summary>The messages since the position, in all conversations; null when there are too many.</summary>
    private async Task<List<IncomingMessage>?> ReadMissedAsync(
        User caller, EventPosition position, CancellationToken cancellationToken)
    {
        var found = new List<IncomingMessage>();
        var heads = ReadSinceAsync(start => groups.ListHeadsAsync(caller.Uuid, PageSize, start, cancellationToken), position.Since);
        await foreach (var head in heads)
        {
            var since = position.SinceIn(head.GroupUuid);
            if (since < head.LastMessageAt)
            {
                var members = await names.ResolveAsync([caller, head.Other], cancellationToken);
                if (!await TryReadGroupAsync(
                    found, head.GroupUuid, members[caller.Uuid], members[head.Other.Uuid], since, cancellationToken))
                {
                    return null;
                }
            }
        }

        return found;
    }

    /// <summary>
    /// The messages of a conversation up to an announced one; null when there are too many. The announcement of an earlier message
    /// may come later from another replica, and this way the order is kept.
    /// </summary>
    private async Task<List<IncomingMessage>?> ReadAnnouncedAsync(
        User caller, MessageAnnouncement announcement, EventPosition position, CancellationToken cancellationToken)
    {
        var found = new List<IncomingMessage>();
        if (position.SinceIn(announcement.GroupUuid, announcement.CreatedAt) is not { } since)
        {
            return found;
        }

        // The caller's own name may have changed since the stream was opened.
        var otherUuid = announcement.Members.OtherThan(caller.Uuid);
        var members = await users.FindByUuidsAsync([caller.Uuid, otherUuid], cancellationToken);
        return !members.TryGetValue(otherUuid, out var other)
            || await TryReadGroupAsync(
                found, announcement.GroupUuid, members.GetValueOrDefault(caller.Uuid, caller), other, since, cancellationToken)
            ? found
            : null;
    }

    /// <summary>Reads the messages of a group that are newer than a time.</summary>
    /// <returns>False when there are too many.</returns>
    private async Task<bool> TryReadGroupAsync(
        List<IncomingMessage> found, Guid groupUuid, User caller, User other, UtcTimestamp since, CancellationToken cancellationToken)
    {
        var newer = ReadSinceAsync(start => messages.ListAsync(groupUuid, PageSize, start, cancellationToken), since);
        await foreach (var message in newer)
        {
            found.Add(new(message with { Sender = message.Sender.Uuid == caller.Uuid ? caller : other }, other));
            if (found.Count > MaxMissed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All items of a list that are newer than a time, the oldest page first.</summary>
    private static async IAsyncEnumerable<T> ReadSinceAsync<T>(Func<PageStart, Task<Page<T>>> read, UtcTimestamp since)
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

    /// <summary>A message for the listener.</summary>
    /// <param name="Message">The message, with its sender's current name.</param>
    /// <param name="Other">The other member of the conversation.</param>
    private sealed record IncomingMessage(Message Message, User Other)
    {
        public SseItem<string> ToMessageEvent() => new(
            JsonSerializer.Serialize(SentMessageResponse.From(Message), ApiJson.Default.SentMessageResponse), EventTypes.Message);

        public SseItem<string> ToGroupEvent(EventPosition position)
        {
            var head = new MessageGroupHead(Message.GroupUuid, Message.CreatedAt, Message.Text, Other);
            return new(
                JsonSerializer.Serialize(MessageGroupResponse.From(head, Other), ApiJson.Default.MessageGroupResponse),
                EventTypes.MessageGroup)
            {
                EventId = position.ToString(),
            };
        }
    }
}
