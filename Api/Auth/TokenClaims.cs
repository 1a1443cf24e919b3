using System.Globalization;
using System.Security.Claims;

namespace Cruddur.Api.Auth;

/// <summary>The claims in tokens of Cognito.</summary>
internal static class TokenClaims
{
    /// <summary>The user's id in the pool.</summary>
    public const string Subject = "sub";

    private const string Expiry = "exp";
    private const string TokenUse = "token_use";
    private const string ClientId = "client_id";

    /// <summary>Whether the claims belong to an access token of this client, not to an ID token or to another client.</summary>
    public static bool AreOfAccessToken(ClaimsPrincipal? principal, string clientId) =>
        principal?.FindFirstValue(TokenUse) == "access" && principal.FindFirstValue(ClientId) == clientId;

    /// <summary>The time until the token expires; zero if it has expired, as a token within the clock skew has.</summary>
    /// <param name="principal">The claims of a valid token.</param>
    /// <param name="now">The current time.</param>
    public static TimeSpan RemainingLifetime(ClaimsPrincipal principal, DateTimeOffset now)
    {
        var expiry = DateTimeOffset.FromUnixTimeSeconds(long.Parse(principal.FindFirstValue(Expiry)!, CultureInfo.InvariantCulture));
        return expiry > now ? expiry - now : TimeSpan.Zero;
    }
}
