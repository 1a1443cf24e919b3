namespace Cruddur.Api.Activities;

/// <summary>A new crud.</summary>
/// <param name="Message">The text: 1 to 1,024 code points, not blank.</param>
/// <param name="Ttl">The time until the crud expires: 1-hour, 3-hours, 12-hours, 1-day, 3-days, 7-days or 30-days.</param>
internal sealed record CreateActivityRequest(string? Message = null, string? Ttl = null);

/// <summary>A new reply to a crud.</summary>
/// <param name="Message">The text: 1 to 1,024 code points, not blank.</param>
internal sealed record ReplyRequest(string? Message = null);
