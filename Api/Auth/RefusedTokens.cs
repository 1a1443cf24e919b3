using Microsoft.IdentityModel.Tokens;

namespace Cruddur.Api.Auth;

/// <summary>Logs why a request was refused with 401. The exceptions themselves quote tokens and are not logged.</summary>
internal sealed partial class RefusedTokens(ILogger<RefusedTokens> logger)
{
    /// <summary>Logs a refused request.</summary>
    /// <param name="hasToken">Whether the request carries a bearer token.</param>
    /// <param name="failure">Why the token is not valid; null if there is no token.</param>
    public void Log(bool hasToken, Exception? failure) => LogRefused(logger, hasToken ? Reason(failure) : "no bearer token");

    private static string Reason(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "expired token",
        SecurityTokenInvalidIssuerException => "token of another user pool",
        SecurityTokenSignatureKeyNotFoundException => "unknown signing key",
        SecurityTokenInvalidSignatureException => "invalid signature",
        SecurityTokenException or ArgumentException => "malformed token",
        _ => "not an access token of this client",
    };

    [LoggerMessage(LogLevel.Information, "Refused a request with 401: {Reason}.")]
    private static partial void LogRefused(ILogger logger, string reason);
}
