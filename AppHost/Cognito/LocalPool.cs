using Cruddur.AppHost.Integrations.CognitoLocal;

namespace Cruddur.AppHost.Cognito;

/// <summary>The user pool of the emulator. It is the same on every machine, and nothing in it is secret.</summary>
public static class LocalPool
{
    /// <summary>The id of the pool.</summary>
    public const string PoolId = Region + "_CruddurDev";

    /// <summary>The region that its id begins with. Nothing of it is in that region.</summary>
    public const string Region = "us-east-1";

    /// <summary>The id of its app client.</summary>
    public const string ClientId = "cruddurdevclient";

    /// <summary>The password of each of <see cref="Users"/>.</summary>
    public const string Password = "Testing1234!";

    /// <summary>The people who can sign in. They match the rows that the seeder writes to Postgres.</summary>
    public static IReadOnlyList<CognitoLocalUser> Users { get; } =
    [
        new("andrewbrown", "Andrew Brown", "andrewbrown@cruddur.example", "d0a1f9a2-6f3b-4c53-9c0e-5f1f5b0a4a01", Password),
        new("bayko", "Andrew Bayko", "bayko@cruddur.example", "d0a1f9a2-6f3b-4c53-9c0e-5f1f5b0a4a02", Password),
        new("londo", "Londo Mollari", "londo@cruddur.example", "d0a1f9a2-6f3b-4c53-9c0e-5f1f5b0a4a03", Password),
    ];
}
