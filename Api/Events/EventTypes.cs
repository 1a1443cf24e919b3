namespace Cruddur.Api.Events;

/// <summary>The types of events in a stream.</summary>
internal static class EventTypes
{
    /// <summary>The stream has started. Every message that is sent from now on arrives.</summary>
    public const string Ready = "ready";

    /// <summary>A message was sent in one of the caller's conversations, by either member.</summary>
    public const string Message = "message";

    /// <summary>A conversation has moved to the top of the caller's list.</summary>
    public const string MessageGroup = "message_group";

    /// <summary>Too many messages were missed. Reload the conversations.</summary>
    public const string Reset = "reset";

    /// <summary>The connection to the database was lost. Its data may have been replaced, so load everything again.</summary>
    public const string Reload = "reload";

    /// <summary>The stream is still open. Sent every 10 seconds.</summary>
    public const string Heartbeat = "heartbeat";
}
