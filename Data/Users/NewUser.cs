namespace Cruddur.Data.Users;

/// <summary>A user to add without a Cognito user.</summary>
/// <param name="Uuid">Key of the row in <c>users</c>.</param>
/// <param name="Handle">Unique name in lower case, without the leading @.</param>
/// <param name="DisplayName">The name to display.</param>
/// <param name="Email">The e-mail address.</param>
public sealed record NewUser(Guid Uuid, string Handle, string DisplayName, string Email);
