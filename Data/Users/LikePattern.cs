namespace Cruddur.Data.Users;

/// <summary>Patterns for SQL's <c>like</c>.</summary>
internal static class LikePattern
{
    /// <summary>What begins with a text, in lower case. What has a meaning in patterns stands for itself.</summary>
    public static string BeginningWith(string text)
    {
        var literal = text.ToLowerInvariant()
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return $"{literal}%";
    }
}
