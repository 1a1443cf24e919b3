using Cruddur.Data.Users;

namespace Cruddur.Api.Users;

/// <summary>A user as others see them.</summary>
/// <param name="Uuid">The user's id.</param>
/// <param name="Handle">The user's unique name, without the leading @.</param>
/// <param name="DisplayName">The name to show.</param>
internal sealed record UserResponse(Guid Uuid, string Handle, string DisplayName)
{
    public static UserResponse From(User user) => new(user.Uuid, user.Handle, user.DisplayName);
}
