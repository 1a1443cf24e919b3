namespace Cruddur.Data.Users;

/// <summary>Patterns for SQL's <c>like</c>.</summary>
internal static class LikePattern
{
    /// <summary>The pattern for lower-case strings that start with a text. Wildcards in the text are escaped.</summary>
    public static string StartingWith(string text)
    {
        var literal = text.ToLowerInvariant()
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return $"{literal}%";
    }
}
