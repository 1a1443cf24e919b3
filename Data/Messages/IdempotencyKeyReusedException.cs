namespace Cruddur.Data.Messages;

/// <summary>An idempotency key was used again, for another request. Nothing was written.</summary>
public sealed class IdempotencyKeyReusedException()
    : Exception("The idempotency key was used for another request. Send a new request with a new key.");
