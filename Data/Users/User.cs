namespace Cruddur.Data.Users;

/// <summary>A user as other users see them.</summary>
/// <param name="Uuid">Key of the row in <c>users</c>.</param>
/// <param name="Handle">Unique name, without the leading @.</param>
/// <param name="DisplayName">Name to show.</param>
public sealed record User(Guid Uuid, string Handle, string DisplayName);
