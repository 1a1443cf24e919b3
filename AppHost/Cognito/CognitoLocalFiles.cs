using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cruddur.AppHost.Cognito;

/// <summary>
/// Writes the files that cognito-local reads when it starts: its settings, the app client and the pool with its users.
/// See https://github.com/jagregory/cognito-local for their format.
/// </summary>
public static class CognitoLocalFiles
{
    /// <summary>Days that a token of the local pool is good for. The emulator's refresh call is not the one that current clients make.</summary>
    public const int TokenDays = 30;

    private static readonly string[] Email = ["email"];
    private static readonly string[] SignInFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    private static readonly DateTimeOffset Created = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Passwords and the like are written as they are: nothing here is ever put into HTML.
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the settings, and the client and pool where they are missing: people who signed up stay.</summary>
    /// <param name="directory">The directory that the emulator is started in.</param>
    /// <param name="issuer">The address under which clients reach the emulator; tokens name it as their issuer.</param>
    public static void Write(string directory, Uri issuer)
    {
        var database = Directory.CreateDirectory(Path.Combine(directory, ".cognito", "db")).FullName;

        Save(Path.Combine(directory, ".cognito", "config.json"), new
        {
            TokenConfig = new { IssuerDomain = issuer.GetLeftPart(UriPartial.Authority) },
            UserPoolDefaults = new { UsernameAttributes = Email },
        });
        SaveIfMissing(Path.Combine(database, "clients.json"), () => new
        {
            Clients = new Dictionary<string, object> { [LocalPool.ClientId] = Client() },
        });
        SaveIfMissing(Path.Combine(database, $"{LocalPool.PoolId}.json"), () => new
        {
            Users = LocalPool.Users.ToDictionary(user => user.Handle, User),
            Options = new
            {
                Id = LocalPool.PoolId,
                Name = "cruddur",
                UsernameAttributes = Email,
                AutoVerifiedAttributes = Email,
            },
        });
    }

    private static object Client() => new
    {
        LocalPool.ClientId,
        ClientName = "cruddur",
        UserPoolId = LocalPool.PoolId,
        ExplicitAuthFlows = SignInFlows,
        AccessTokenValidity = TokenDays,
        IdTokenValidity = TokenDays,
        RefreshTokenValidity = TokenDays,
        TokenValidityUnits = new { AccessToken = "days", IdToken = "days", RefreshToken = "days" },
        CreationDate = Created,
        LastModifiedDate = Created,
    };

    private static object User(LocalUser user) => new
    {
        Username = user.Handle,
        LocalPool.Password,
        Enabled = true,
        UserStatus = "CONFIRMED",
        UserCreateDate = Created,
        UserLastModifiedDate = Created,
        Attributes = new[]
        {
            new { Name = "sub", Value = user.Sub },
            new { Name = "email", Value = user.Email },
            new { Name = "email_verified", Value = "true" },
            new { Name = "name", Value = user.Name },
            new { Name = "preferred_username", Value = user.Handle },
        },
        RefreshTokens = Array.Empty<string>(),
    };

    private static void SaveIfMissing(string path, Func<object> content)
    {
        if (!File.Exists(path))
        {
            Save(path, content());
        }
    }

    private static void Save(string path, object content)
    {
        // A start that is cut short must not leave half a file, which the emulator would refuse.
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(content, Format));
        File.Move(path + ".new", path, overwrite: true);
    }
}
