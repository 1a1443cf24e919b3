namespace Cruddur.Seeder.Cognito;

/// <summary>Cognito refused to list the users.</summary>
/// <param name="poolId">The user pool.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="type">Cognito's name for the error; null if the response has none.</param>
internal sealed class CognitoException(string poolId, int status, string? type)
    : Exception($"Cognito refuses to list the users of user pool {poolId}: {Reason(status, type)}. {Advice(type)}")
{
    private static string Reason(int status, string? type) => type?.Split('#')[^1] ?? $"HTTP status {status}";

    private static string Advice(string? type) => type?.Split('#')[^1] switch
    {
        "ResourceNotFoundException" => "There is no such pool: correct the pool's id.",
        "NotAuthorizedException" or "AccessDeniedException" => "Allow the AWS profile in use to call cognito-idp:ListUsers.",
        "UnrecognizedClientException" or "ExpiredTokenException" or "InvalidSignatureException" => "Sign in to AWS again.",
        _ => "Check the pool's id and the AWS profile.",
    };
}
