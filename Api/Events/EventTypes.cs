namespace Cruddur.Api.Events;

/// <summary>The types of events in a stream.</summary>
internal static class EventTypes
{
    /// <summary>The stream has begun: what is sent from now on will come.</summary>
    public const string Ready = "ready";

    /// <summary>A message was sent in one of the caller's conversations, by either member.</summary>
    public const string Message = "message";

    /// <summary>A conversation has moved to the top of the caller's list.</summary>
    public const string MessageGroup = "message_group";

    /// <summary>Too much was missed: read the conversations anew.</summary>
    public const string Reset = "reset";

    /// <summary>Nothing has happened for a while.</summary>
    public const string Heartbeat = "heartbeat";
}
