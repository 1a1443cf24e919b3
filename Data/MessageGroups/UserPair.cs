namespace Cruddur.Data.MessageGroups;

/// <summary>Two different users. The order does not matter: (a, b) equals (b, a).</summary>
public sealed record UserPair
{
    /// <summary>Creates a pair.</summary>
    /// <param name="one">One user's uuid.</param>
    /// <param name="other">The other user's uuid.</param>
    /// <exception cref="ArgumentException">Both are the same user.</exception>
    public UserPair(Guid one, Guid other)
    {
        if (one == other)
        {
            throw new ArgumentException("A conversation has two different users.", nameof(other));
        }

        (First, Second) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
    }

    /// <summary>The user with the smaller uuid.</summary>
    public Guid First { get; }

    /// <summary>The user with the greater uuid.</summary>
    public Guid Second { get; }

    /// <summary>Whether the user is in the pair.</summary>
    public bool Contains(Guid userUuid) => userUuid == First || userUuid == Second;

    /// <summary>The other member of the pair.</summary>
    /// <param name="memberUuid">A member of the pair.</param>
    public Guid OtherThan(Guid memberUuid) => memberUuid == First ? Second : First;
}
