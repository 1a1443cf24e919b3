using Cruddur.Data.Users;

namespace Cruddur.Api.Auth;

/// <summary>The user who makes the request, on routes with <see cref="RegisteredUserRequirement.Policy"/>.</summary>
internal sealed class CurrentUser
{
    private User? _user;

    /// <summary>The user.</summary>
    /// <exception cref="InvalidOperationException">The route does not have the policy.</exception>
    public User User
    {
        get => _user ?? throw new InvalidOperationException($"The route does not require the policy {RegisteredUserRequirement.Policy}.");
        set => _user = value;
    }
}
