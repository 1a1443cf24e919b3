using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;

namespace Cruddur.AppHost.Processes;

/// <summary>
/// The environment variables that a process needs to reach AWS or the local servers in its place. Every AWS SDK reads these names by
/// itself; see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.
/// </summary>
internal static class AwsSettings
{
    /// <summary>Points the AWS SDK at DynamoDB Local.</summary>
    /// <param name="dynamoDb">DynamoDB Local, or <see langword="null"/> for DynamoDB on AWS, which needs no setting.</param>
    public static Dictionary<string, ReferenceExpression> ForDynamoDb(IResourceBuilder<IResourceWithEndpoints>? dynamoDb) =>
        dynamoDb is null ? [] : new() { ["AWS_ENDPOINT_URL_DYNAMODB"] = ReferenceExpression.Create($"{dynamoDb.GetEndpoint("http")}") };

    /// <summary>
    /// Names the user pool. For the emulator that includes its address, and credentials that only it accepts. A real pool is reached
    /// with the developer's own AWS profile.
    /// </summary>
    /// <param name="userPool">The user pool.</param>
    public static Dictionary<string, ReferenceExpression> ForUserPool(UserPool userPool)
    {
        var settings = new Dictionary<string, ReferenceExpression>
        {
            ["AWS_REGION"] = userPool.Region,
            ["AWS_COGNITO_USER_POOL_ID"] = userPool.PoolId,
            ["AWS_COGNITO_USER_POOL_CLIENT_ID"] = userPool.ClientId,
        };
        if (userPool.Emulator is { } emulator)
        {
            settings["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = ReferenceExpression.Create($"{emulator.GetEndpoint("http")}");
            settings["AWS_ACCESS_KEY_ID"] = ReferenceExpression.Create($"local");
            settings["AWS_SECRET_ACCESS_KEY"] = ReferenceExpression.Create($"local");
        }

        return settings;
    }
}
