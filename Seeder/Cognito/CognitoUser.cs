namespace Cruddur.Seeder.Cognito;

/// <summary>A user of the user pool.</summary>
/// <param name="Sub">The id that the user's tokens carry.</param>
/// <param name="PreferredUsername">The handle the user has chosen; null where the user has none.</param>
internal sealed record CognitoUser(string Sub, string? PreferredUsername);
