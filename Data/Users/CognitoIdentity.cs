namespace Cruddur.Data.Users;

/// <summary>A Cognito user and the handle that this user chose. Cognito does not keep handles unique.</summary>
/// <param name="CognitoUserId">The <c>sub</c> of the user's tokens.</param>
/// <param name="Handle">The user's <c>preferred_username</c>, in upper, lower or mixed case.</param>
public sealed record CognitoIdentity(string CognitoUserId, string Handle);
