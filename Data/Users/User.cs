namespace Cruddur.Data.Users;

/// <summary>The public data of a user.</summary>
/// <param name="Uuid">Key of the row in <c>users</c>.</param>
/// <param name="Handle">Unique name, without the leading @.</param>
/// <param name="DisplayName">The name to display.</param>
public sealed record User(Guid Uuid, string Handle, string DisplayName);
