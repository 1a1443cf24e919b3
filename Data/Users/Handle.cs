namespace Cruddur.Data.Users;

/// <summary>What a user's handle looks like.</summary>
public static class Handle
{
    /// <summary>The most characters in a handle, as in a Cognito user name.</summary>
    public const int MaxLength = 128;

    /// <summary>Whether a text can be a handle at all: 1 to 128 characters, none of them blank or a control character.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxLength && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c));
}
