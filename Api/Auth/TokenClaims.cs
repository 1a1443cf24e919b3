using System.Globalization;
using System.Security.Claims;

namespace Cruddur.Api.Auth;

/// <summary>The claims in Cognito's tokens.</summary>
internal static class TokenClaims
{
    /// <summary>The user's id in the pool.</summary>
    public const string Subject = "sub";

    private const string Expiry = "exp";
    private const string TokenUse = "token_use";
    private const string ClientId = "client_id";

    /// <summary>Whether the claims are those of an access token for this client, rather than of an id token or for another client.</summary>
    public static bool AreOfAccessToken(ClaimsPrincipal? principal, string clientId) =>
        principal?.FindFirstValue(TokenUse) == "access" && principal.FindFirstValue(ClientId) == clientId;

    /// <summary>When the token is no longer valid.</summary>
    public static DateTimeOffset ExpiresAt(ClaimsPrincipal principal) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(principal.FindFirstValue(Expiry)!, CultureInfo.InvariantCulture));
}
