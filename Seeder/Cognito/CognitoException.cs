namespace Cruddur.Seeder.Cognito;

/// <summary>Cognito refused a request.</summary>
/// <param name="poolId">The user pool.</param>
/// <param name="action">The action that was called, such as <c>ListUsers</c>.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="type">Cognito's name for the error; null if the response has none.</param>
/// <param name="details">Cognito's description of the error; null if the response has none.</param>
internal sealed class CognitoException(string poolId, string action, int status, string? type, string? details)
    : Exception($"Cognito refuses {action} in user pool {poolId}: {Reason(status, type)}. {Advice(Name(type), action, details)}")
{
    /// <summary>Cognito's name for the error, such as <c>UsernameExistsException</c>; null if the response has none.</summary>
    public string? Type { get; } = Name(type);

    private static string? Name(string? type) => type?.Split('#')[^1];

    private static string Reason(int status, string? type) => Name(type) ?? $"HTTP status {status}";

    private static string Advice(string? type, string action, string? details) => type switch
    {
        "ResourceNotFoundException" => "There is no such pool: correct the pool's id.",
        "NotAuthorizedException" or "AccessDeniedException" => $"Allow the AWS profile in use to call cognito-idp:{action}.",
        "UnrecognizedClientException" or "ExpiredTokenException" or "InvalidSignatureException" => "Sign in to AWS again.",
        "InvalidPasswordException" or "InvalidParameterException" when details is not null => details,
        _ => "Check the pool's id and the AWS profile.",
    };
}
