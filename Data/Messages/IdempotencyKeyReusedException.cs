namespace Cruddur.Data.Messages;

/// <summary>An idempotency key came back with another request than the one it was first used for. Nothing was written.</summary>
public sealed class IdempotencyKeyReusedException()
    : Exception("The idempotency key was used for another request. Send a new request with a new key.");
