using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cruddur.AppHost.Integrations.CognitoLocal;

/// <summary>
/// Writes the files that cognito-local reads when it starts: its settings, the app clients, and the pools with their users.
/// See https://github.com/jagregory/cognito-local for their format.
/// </summary>
public static class CognitoLocalFiles
{
    /// <summary>The days for which a token is valid. The emulator's refresh call is not the one that current clients make.</summary>
    public const int TokenDays = 30;

    private static readonly string[] Email = ["email"];
    private static readonly string[] SignInFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    private static readonly DateTimeOffset Created = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Passwords and the like are written as they are: nothing here is ever put into HTML.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes the settings, the app client of each pool, and the users that a pool lacks. People who signed up stay, and so do
    /// changes of the users that are there already.
    /// </summary>
    /// <param name="directory">The directory that the emulator starts in.</param>
    /// <param name="issuer">The address under which clients reach the emulator; tokens name it as their issuer.</param>
    /// <param name="pools">The user pools.</param>
    /// <exception cref="DistributedApplicationException">A file is not the JSON that the emulator wrote.</exception>
    public static void Write(string directory, Uri issuer, IReadOnlyList<CognitoLocalPool> pools)
    {
        Directory.CreateDirectory(DatabaseIn(directory));

        Save(Path.Combine(directory, ".cognito", "config.json"), Json(new
        {
            TokenConfig = new { IssuerDomain = issuer.GetLeftPart(UriPartial.Authority) },
            UserPoolDefaults = new { UsernameAttributes = Email },
        }));

        Update(Path.Combine(DatabaseIn(directory), "clients.json"), file =>
        {
            var clients = Section(file, "Clients");
            foreach (var pool in pools)
            {
                clients[pool.ClientId] = Json(Client(pool));
            }
        });

        foreach (var pool in pools)
        {
            Update(PoolFile(directory, pool.Id), file =>
            {
                var users = Section(file, "Users");
                foreach (var user in pool.Users)
                {
                    users[user.Handle] ??= Json(User(user));
                }

                file["Options"] ??= Json(new { pool.Id, Name = pool.Id, UsernameAttributes = Email, AutoVerifiedAttributes = Email });
            });
        }
    }

    /// <summary>The file with a pool's users.</summary>
    /// <param name="directory">The directory that the emulator starts in.</param>
    /// <param name="poolId">The id of the pool.</param>
    public static string PoolFile(string directory, string poolId) => Path.Combine(DatabaseIn(directory), $"{poolId}.json");

    private static string DatabaseIn(string directory) => Path.Combine(directory, ".cognito", "db");

    private static object Client(CognitoLocalPool pool) => new
    {
        pool.ClientId,
        ClientName = pool.ClientId,
        UserPoolId = pool.Id,
        ExplicitAuthFlows = SignInFlows,
        AccessTokenValidity = TokenDays,
        IdTokenValidity = TokenDays,
        RefreshTokenValidity = TokenDays,
        TokenValidityUnits = new { AccessToken = "days", IdToken = "days", RefreshToken = "days" },
        CreationDate = Created,
        LastModifiedDate = Created,
    };

    private static object User(CognitoLocalUser user) => new
    {
        Username = user.Handle,
        user.Password,
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

    private static JsonNode Json(object content) => JsonSerializer.SerializeToNode(content, Format)!;

    private static JsonObject Section(JsonObject file, string name)
    {
        file[name] ??= new JsonObject();
        return file[name]!.AsObject();
    }

    private static void Update(string path, Action<JsonObject> change)
    {
        try
        {
            var file = File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path))!.AsObject() : [];
            change(file);
            Save(path, file);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new DistributedApplicationException(
                $"{path} is not a file of cognito-local ({error.Message}): "
                + "delete it to begin with an empty user pool.");
        }
    }

    private static void Save(string path, JsonNode content)
    {
        // The emulator refuses half a file, and an interrupted start must not leave one.
        File.WriteAllText(path + ".new", content.ToJsonString(Format));
        File.Move(path + ".new", path, overwrite: true);
    }
}
