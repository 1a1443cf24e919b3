using Cruddur.Api.Errors;
using Cruddur.Api.Messages;

namespace Cruddur.Api.Activities;

/// <summary>The rules for new activities.</summary>
internal static class ActivityRules
{
    private static readonly Dictionary<string, TimeSpan> Lifetimes = new()
    {
        ["1-hour"] = TimeSpan.FromHours(1),
        ["3-hours"] = TimeSpan.FromHours(3),
        ["12-hours"] = TimeSpan.FromHours(12),
        ["1-day"] = TimeSpan.FromDays(1),
        ["3-days"] = TimeSpan.FromDays(3),
        ["7-days"] = TimeSpan.FromDays(7),
        ["30-days"] = TimeSpan.FromDays(30),
    };

    /// <summary>The allowed times to live.</summary>
    public static IReadOnlyCollection<string> Ttls => Lifetimes.Keys;

    /// <summary>The error codes of a request; none if it is valid.</summary>
    public static IEnumerable<string> Violations(CreateActivityRequest request)
    {
        foreach (var violation in MessageRules.TextViolations(request.Message))
        {
            yield return violation;
        }

        if (string.IsNullOrWhiteSpace(request.Ttl))
        {
            yield return ErrorCodes.TtlBlank;
        }
        else if (!Lifetimes.ContainsKey(request.Ttl))
        {
            yield return ErrorCodes.TtlInvalid;
        }
    }

    /// <summary>The time from the creation of an activity to its expiry.</summary>
    /// <param name="ttl">One of <see cref="Ttls"/>.</param>
    public static TimeSpan Lifetime(string ttl) => Lifetimes[ttl];
}
