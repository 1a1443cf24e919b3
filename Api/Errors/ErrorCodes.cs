namespace Cruddur.Api.Errors;

/// <summary>The codes in <c>errors</c> of a problem.</summary>
internal static class ErrorCodes
{
    /// <summary>400: the body is not JSON, or does not have the shape that the route takes.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>400: the limit is not between 1 and 100.</summary>
    public const string LimitOutOfRange = "limit_out_of_range";

    /// <summary>400: the cursor is malformed, or belongs to another kind of list.</summary>
    public const string CursorInvalid = "cursor_invalid";

    /// <summary>400: the header <c>Last-Event-ID</c> is not the id of an event.</summary>
    public const string LastEventIdInvalid = "last_event_id_invalid";

    /// <summary>400: the header <c>Idempotency-Key</c> is not 1 to 255 visible ASCII characters.</summary>
    public const string IdempotencyKeyInvalid = "idempotency_key_invalid";

    /// <summary>401: the request has no access token of this application's client, or the token has expired.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>403: the caller is not registered.</summary>
    public const string UserNotRegistered = "user_not_registered";

    /// <summary>404: the resource does not exist, or the caller may not see it.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: the route does not have this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>409: another user has the handle.</summary>
    public const string HandleTaken = "user_handle_taken";

    /// <summary>413: the body is longer than 16 KiB.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>415: the content type of the body is not <c>application/json</c>.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the message is missing or blank.</summary>
    public const string MessageBlank = "message_blank";

    /// <summary>422: the message has more than 1,024 code points.</summary>
    public const string MessageTooLong = "message_exceed_max_chars";

    /// <summary>422: the message contains a null character, which Postgres cannot store.</summary>
    public const string MessageInvalid = "message_invalid_chars";

    /// <summary>422: the time to live is missing.</summary>
    public const string TtlBlank = "ttl_blank";

    /// <summary>422: the time to live is not one of the allowed values.</summary>
    public const string TtlInvalid = "ttl_invalid";

    /// <summary>422: the id of the message group is empty.</summary>
    public const string MessageGroupUuidBlank = "message_group_uuid_blank";

    /// <summary>422: both the id of the message group and the receiver's handle are missing.</summary>
    public const string ReceiverHandleBlank = "user_receiver_handle_blank";

    /// <summary>422: no user has the receiver's handle.</summary>
    public const string ReceiverNotFound = "user_receiver_not_found";

    /// <summary>422: the receiver is the sender.</summary>
    public const string ReceiverIsSelf = "user_receiver_is_self";

    /// <summary>422: the idempotency key belongs to another request.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>
    /// 422: the caller's <c>preferred_username</c> in Cognito is missing, or is not 2 to 30 letters a to z, digits and underscores.
    /// </summary>
    public const string HandleInvalid = "user_handle_invalid";

    /// <summary>422: the search query is blank.</summary>
    public const string QueryBlank = "query_blank";

    /// <summary>429: the caller is over a limit.</summary>
    public const string TooManyRequests = "too_many_requests";

    /// <summary>500: the request failed because of a fault of the server.</summary>
    public const string InternalError = "internal_error";

    /// <summary>503: a server that the request needs is unavailable, or too many others write to the message group.</summary>
    public const string ServiceUnavailable = "service_unavailable";

    /// <summary>All codes.</summary>
    public static IEnumerable<string> All =>
        typeof(ErrorCodes).GetFields().Where(member => member.IsLiteral).Select(member => (string)member.GetRawConstantValue()!);

    /// <summary>The code for a problem of which only the status is known.</summary>
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
