namespace Cruddur.Data.Users;

/// <summary>The rules for handles.</summary>
public static class Handle
{
    /// <summary>The fewest characters in a handle.</summary>
    public const int MinLength = 2;

    /// <summary>The most characters in a handle.</summary>
    public const int MaxLength = 30;

    /// <summary>The form in which handles are stored and compared: lower case.</summary>
    /// <param name="handle">A handle in upper, lower or mixed case.</param>
    public static string Normalize(string handle) => handle.ToLowerInvariant();

    /// <summary>
    /// Whether a user may have this normalized handle: 2 to 30 letters a to z, digits and underscores. Characters that look alike,
    /// such as letters of other alphabets, or that are invisible would let one user pass as another.
    /// </summary>
    /// <param name="handle">The normalized handle.</param>
    public static bool IsValid(string handle) =>
        handle.Length is >= MinLength and <= MaxLength && handle.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
