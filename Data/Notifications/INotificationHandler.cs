namespace Cruddur.Data.Notifications;

/// <summary>Receives the notifications (<c>NOTIFY</c>) that any process sends on a channel of Postgres.</summary>
public interface INotificationHandler
{
    /// <summary>The channel to listen on.</summary>
    string Channel { get; }

    /// <summary>Handles a notification. It runs on the listener's connection, so it must return quickly.</summary>
    /// <param name="payload">The payload of the notification.</param>
    void OnNotification(string payload);

    /// <summary>Handles the start of listening, at first and after a lost connection. Earlier notifications may have been missed.</summary>
    void OnConnected();
}
