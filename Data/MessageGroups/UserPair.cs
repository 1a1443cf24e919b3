namespace Cruddur.Data.MessageGroups;

/// <summary>Two different users, in no order: (a, b) equals (b, a).</summary>
public sealed record UserPair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="one">One user's uuid.</param>
    /// <param name="other">The other user's uuid.</param>
    /// <exception cref="ArgumentException">Both are the same user.</exception>
    public UserPair(Guid one, Guid other)
    {
        if (one == other)
        {
            throw new ArgumentException("A conversation takes two different users.", nameof(other));
        }

        (First, Second) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
    }

    /// <summary>The user whose uuid is the smaller.</summary>
    public Guid First { get; }

    /// <summary>The user whose uuid is the greater.</summary>
    public Guid Second { get; }

    /// <summary>Whether the user is one of the two.</summary>
    public bool Contains(Guid userUuid) => userUuid == First || userUuid == Second;

    /// <summary>The one of the two who is not this member.</summary>
    /// <param name="memberUuid">A member of the pair.</param>
    public Guid OtherThan(Guid memberUuid) => memberUuid == First ? Second : First;
}
