namespace Cruddur.Api.Activities;

/// <summary>A crud to tell.</summary>
/// <param name="Message">What it says: 1 to 1,024 code points, not only blanks.</param>
/// <param name="Ttl">After how long it is gone: 1-hour, 3-hours, 12-hours, 1-day, 3-days, 7-days or 30-days.</param>
internal sealed record CreateActivityRequest(string? Message = null, string? Ttl = null);

/// <summary>A reply to a crud.</summary>
/// <param name="Message">What it says: 1 to 1,024 code points, not only blanks.</param>
internal sealed record ReplyRequest(string? Message = null);
