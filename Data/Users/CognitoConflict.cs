namespace Cruddur.Data.Users;

/// <summary>A row whose handle belongs to a Cognito user who is not linked to the row.</summary>
/// <param name="Handle">The row's handle.</param>
/// <param name="LinkedTo">The <c>sub</c> of the Cognito user who signs in as this row; null if there is none.</param>
/// <param name="CognitoUserIds">The <c>sub</c> of every Cognito user with this handle, in order.</param>
public sealed record CognitoConflict(string Handle, string? LinkedTo, IReadOnlyList<string> CognitoUserIds);
