using Cruddur.Data.Messages;
using Cruddur.Data.Notifications;

namespace Cruddur.Api.Events;

/// <summary>Passes the announcements of all replicas to the members who listen at this one.</summary>
internal sealed class MessageHub : INotificationHandler
{
    private readonly Dictionary<Guid, List<MessageSubscription>> _subscriptions = [];
    private bool _hasConnected;

    /// <inheritdoc />
    public string Channel => MessageAnnouncement.Channel;

    /// <summary>Subscribes a user to announcements until the subscription is disposed.</summary>
    public MessageSubscription Subscribe(Guid userUuid)
    {
        var subscription = new MessageSubscription(ended => Remove(userUuid, ended));
        lock (_subscriptions)
        {
            if (!_subscriptions.TryGetValue(userUuid, out var ofUser))
            {
                _subscriptions[userUuid] = ofUser = [];
            }

            ofUser.Add(subscription);
        }

        return subscription;
    }

    /// <inheritdoc />
    public void OnNotification(string payload)
    {
        if (MessageAnnouncement.Parse(payload) is not { } announcement)
        {
            return;
        }

        foreach (var userUuid in new[] { announcement.Members.First, announcement.Members.Second })
        {
            foreach (var subscription in Of(userUuid))
            {
                subscription.Announce(announcement);
            }
        }
    }

    /// <inheritdoc />
    public void OnConnected()
    {
        List<MessageSubscription> all;
        lock (_subscriptions)
        {
            all = [.. _subscriptions.Values.SelectMany(ofUser => ofUser)];
        }

        // A database that was unavailable may have been restored from a backup meanwhile.
        all.ForEach(subscription =>
        {
            if (_hasConnected)
            {
                subscription.Reload();
            }
            else
            {
                subscription.LookForMissed();
            }
        });
        _hasConnected = true;
    }

    private MessageSubscription[] Of(Guid userUuid)
    {
        lock (_subscriptions)
        {
            return _subscriptions.TryGetValue(userUuid, out var ofUser) ? [.. ofUser] : [];
        }
    }

    private void Remove(Guid userUuid, MessageSubscription subscription)
    {
        lock (_subscriptions)
        {
            if (_subscriptions.TryGetValue(userUuid, out var ofUser) && ofUser.Remove(subscription) && ofUser.Count == 0)
            {
                _subscriptions.Remove(userUuid);
            }
        }
    }
}
