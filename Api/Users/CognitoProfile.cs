namespace Cruddur.Api.Users;

/// <summary>What a user has told Cognito when signing up.</summary>
/// <param name="PreferredUsername">The handle; null where the user has none.</param>
/// <param name="Name">The name to show; null where the user has none.</param>
/// <param name="Email">The e-mail address; null where the user has none.</param>
internal sealed record CognitoProfile(string? PreferredUsername, string? Name, string? Email);
