namespace Cruddur.Api.Users;

/// <summary>The attributes that a user entered in Cognito when signing up.</summary>
/// <param name="PreferredUsername">The handle; null when the user has none.</param>
/// <param name="Name">The display name; null when the user has none.</param>
/// <param name="Email">The e-mail address; null when the user has none.</param>
internal sealed record CognitoProfile(string? PreferredUsername, string? Name, string? Email);
