namespace Cruddur.AppHost.Cognito;

/// <summary>The user pool of the emulator. It is the same on every machine, and nothing in it is secret.</summary>
public static class LocalPool
{
    /// <summary>The id of the pool.</summary>
    public const string PoolId = "us-east-1_CruddurDev";

    /// <summary>The id of its app client.</summary>
    public const string ClientId = "cruddurdevclient";

    /// <summary>The password of each of <see cref="Users"/>.</summary>
    public const string Password = "Testing1234!";

    /// <summary>The people who can sign in. They match the rows that the seeder writes to Postgres.</summary>
    public static IReadOnlyList<LocalUser> Users { get; } =
    [
        new("andrewbrown", "Andrew Brown", "andrewbrown@cruddur.example", "d0a1f9a2-6f3b-4c53-9c0e-5f1f5b0a4a01"),
        new("bayko", "Andrew Bayko", "bayko@cruddur.example", "d0a1f9a2-6f3b-4c53-9c0e-5f1f5b0a4a02"),
        new("londo", "Londo Mollari", "londo@cruddur.example", "d0a1f9a2-6f3b-4c53-9c0e-5f1f5b0a4a03"),
    ];
}

/// <summary>One user of the emulator's pool.</summary>
/// <param name="Handle">The user name, which is also the <c>preferred_username</c>.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Email">A verified e-mail address that signs in as well.</param>
/// <param name="Sub">The user's id in the pool, fixed so that it survives a fresh start.</param>
public sealed record LocalUser(string Handle, string Name, string Email, string Sub);
