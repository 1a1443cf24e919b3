namespace Cruddur.Seeder.Cognito;

/// <summary>A user of the user pool.</summary>
/// <param name="Sub">The id that the user's tokens carry.</param>
/// <param name="PreferredUsername">The handle that the user chose; null if the user has none.</param>
internal sealed record CognitoUser(string Sub, string? PreferredUsername)
{
    /// <summary>The user's handle in lower case; null if the user has none, or chose one that no row can have.</summary>
    public string? Handle =>
        PreferredUsername?.ToLowerInvariant() is { } handle && Data.Users.Handle.IsValid(handle) ? handle : null;
}
