using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cruddur.ApiTests.Infrastructure;

/// <summary>A user pool whose tokens and profiles the test chooses, such as those that Cognito itself never issues.</summary>
public sealed class StubUserPool : IAsyncDisposable
{
    private const string PoolId = "us-east-1_Stub";
    private const string ClientId = "stub-client";
    private const string KeyId = "stub-key";

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private StubUserPool(WebApplication app)
    {
        _app = app;
    }

    /// <summary>The settings that make an API trust this pool.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("AWS_COGNITO_USER_POOL_ID", PoolId),
        new("AWS_COGNITO_USER_POOL_CLIENT_ID", ClientId),
        new("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", Endpoint),
    ];

    /// <summary>The <c>preferred_username</c> in the profile of every user.</summary>
    public string PreferredUsername { get; set; } = "";

    private string Endpoint => _app.Urls.First();

    /// <summary>Starts a pool on a port of its own.</summary>
    public static async Task<StubUserPool> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var pool = new StubUserPool(builder.Build());
        pool._app.MapGet($"/{PoolId}/.well-known/jwks.json", () => pool.Keys());
        pool._app.MapPost("/", () => pool.Profile());
        await pool._app.StartAsync(cancellationToken);
        return pool;
    }

    /// <summary>An access token.</summary>
    /// <param name="subject">The user's id in the pool.</param>
    /// <param name="lifetime">How long the token is valid; an hour if omitted. May be negative.</param>
    /// <param name="keyId">The <c>kid</c> of the token; null for a token without it. The pool's key signs the token in any case.</param>
    /// <param name="use">The <c>token_use</c> of the token.</param>
    public string NewToken(string subject, TimeSpan? lifetime = null, string? keyId = KeyId, string use = "access")
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = keyId };
        if (keyId is null)
        {
            header.Remove("kid");
        }

        var claims = new JsonObject
        {
            ["sub"] = subject,
            ["iss"] = $"{Endpoint}/{PoolId}",
            ["client_id"] = ClientId,
            ["token_use"] = use,
            ["exp"] = DateTimeOffset.UtcNow.Add(lifetime ?? TimeSpan.FromHours(1)).ToUnixTimeSeconds(),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private IResult Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", alg = "RS256", use = "sig", kid = KeyId,
                    n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent),
                },
            },
        });
    }

    private IResult Profile() => Results.Json(
        new { UserAttributes = new[] { new { Name = "preferred_username", Value = PreferredUsername } } }, JsonSerializerOptions.Default);
}
