namespace Cruddur.Data.Notifications;

/// <summary>Hears what Postgres tells on a channel (<c>NOTIFY</c>), from every process.</summary>
public interface INotificationHandler
{
    /// <summary>The channel to listen to.</summary>
    string Channel { get; }

    /// <summary>A notification has come. Must return soon.</summary>
    /// <param name="payload">What it says.</param>
    void OnNotification(string payload);

    /// <summary>Listening has begun, for the first time or again: what was told before may have been missed.</summary>
    void OnConnected();
}
