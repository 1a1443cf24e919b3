using Cruddur.Data.Users;

namespace Cruddur.Api.Auth;

/// <summary>The user who makes this request, on routes under <see cref="RegisteredUserRequirement.Policy"/>.</summary>
internal sealed class CurrentUser
{
    private User? _user;

    /// <summary>The user.</summary>
    /// <exception cref="InvalidOperationException">The route is not under the policy.</exception>
    public User User
    {
        get => _user ?? throw new InvalidOperationException("This route does not ask for a registered user.");
        set => _user = value;
    }
}
