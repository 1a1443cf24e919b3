namespace Cruddur.Api.Errors;

/// <summary>The codes in <c>errors</c> of a problem, which tell programs what is wrong.</summary>
internal static class ErrorCodes
{
    /// <summary>400: the body is no JSON, or not of the shape that the route takes.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>400: the limit is not between 1 and 100.</summary>
    public const string LimitOutOfRange = "limit_out_of_range";

    /// <summary>400: the cursor was changed, or belongs to another list.</summary>
    public const string CursorInvalid = "cursor_invalid";

    /// <summary>400: the header <c>Last-Event-ID</c> is not the id of an event.</summary>
    public const string LastEventIdInvalid = "last_event_id_invalid";

    /// <summary>400: the header <c>Idempotency-Key</c> is not 1 to 255 visible ASCII characters.</summary>
    public const string IdempotencyKeyInvalid = "idempotency_key_invalid";

    /// <summary>401: there is no access token of this application's client, or it has expired.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>403: the token's user has no row yet.</summary>
    public const string UserNotRegistered = "user_not_registered";

    /// <summary>404: no such thing, or not the caller's to see.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: the route has other methods.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>409: another user has the handle.</summary>
    public const string HandleTaken = "user_handle_taken";

    /// <summary>413: the body is longer than 16 KiB.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>415: the body is not declared as <c>application/json</c>.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the message is missing or only blanks.</summary>
    public const string MessageBlank = "message_blank";

    /// <summary>422: the message has more than 1,024 code points.</summary>
    public const string MessageTooLong = "message_exceed_max_chars";

    /// <summary>422: the message has a null character, which not all of the databases can store.</summary>
    public const string MessageInvalid = "message_invalid_chars";

    /// <summary>422: the time to live is missing.</summary>
    public const string TtlBlank = "ttl_blank";

    /// <summary>422: the time to live is none of those that there are.</summary>
    public const string TtlInvalid = "ttl_invalid";

    /// <summary>422: the message group's id is empty.</summary>
    public const string MessageGroupUuidBlank = "message_group_uuid_blank";

    /// <summary>422: there is neither a message group's id nor a receiver's handle.</summary>
    public const string ReceiverHandleBlank = "user_receiver_handle_blank";

    /// <summary>422: no user has the receiver's handle.</summary>
    public const string ReceiverNotFound = "user_receiver_not_found";

    /// <summary>422: the receiver's handle is the sender's own.</summary>
    public const string ReceiverIsSelf = "user_receiver_is_self";

    /// <summary>422: the idempotency key was used for another request.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>422: Cognito knows no <c>preferred_username</c> of the caller, or one that can't be a handle.</summary>
    public const string HandleInvalid = "user_handle_invalid";

    /// <summary>422: the search is for nothing.</summary>
    public const string QueryBlank = "query_blank";

    /// <summary>429: the caller writes more often than anybody types.</summary>
    public const string TooManyRequests = "too_many_requests";

    /// <summary>500: a fault of the server's.</summary>
    public const string InternalError = "internal_error";

    /// <summary>503: a database does not answer, or others write to the message group all the time.</summary>
    public const string ServiceUnavailable = "service_unavailable";

    /// <summary>All codes.</summary>
    public static IEnumerable<string> All =>
        typeof(ErrorCodes).GetFields().Where(member => member.IsLiteral).Select(member => (string)member.GetRawConstantValue()!);

    /// <summary>The code that says no more than an HTTP status does.</summary>
    public static string ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => UserNotRegistered,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status409Conflict => HandleTaken,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => ServiceUnavailable,
        < StatusCodes.Status500InternalServerError => BadRequest,
        _ => InternalError,
    };
}
