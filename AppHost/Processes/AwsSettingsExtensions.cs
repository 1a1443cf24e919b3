using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;

namespace Cruddur.AppHost.Processes;

/// <summary>
/// Injects what the processes need to reach AWS or the local servers in its place. Every AWS SDK reads these names by itself;
/// see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.
/// </summary>
public static class AwsSettingsExtensions
{
    /// <summary>Points the AWS SDK at DynamoDB Local, and waits for it.</summary>
    /// <typeparam name="T">The type of the resource that gets the settings.</typeparam>
    /// <param name="builder">The resource that gets the settings.</param>
    /// <param name="dynamoDb">DynamoDB Local, or <see langword="null"/> for DynamoDB on AWS.</param>
    public static IResourceBuilder<T> WithDynamoDb<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithEndpoints>? dynamoDb)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport =>
        dynamoDb is null
            ? builder
            : builder.WithEnvironment("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.GetEndpoint("http")).WaitFor(dynamoDb);

    /// <summary>
    /// Names the user pool. For the emulator that includes its address, and credentials that only it accepts. A real pool is reached
    /// with the developer's own AWS profile.
    /// </summary>
    /// <typeparam name="T">The type of the resource that gets the settings.</typeparam>
    /// <param name="builder">The resource that gets the settings.</param>
    /// <param name="userPool">The user pool.</param>
    public static IResourceBuilder<T> WithUserPool<T>(this IResourceBuilder<T> builder, UserPool userPool)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        builder
            .WithEnvironment("AWS_REGION", userPool.Region)
            .WithEnvironment("AWS_COGNITO_USER_POOL_ID", userPool.PoolId)
            .WithEnvironment("AWS_COGNITO_USER_POOL_CLIENT_ID", userPool.ClientId);

        return userPool.Emulator is not { } emulator
            ? builder
            : builder
                .WithEnvironment("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", emulator.GetEndpoint("http"))
                .WithEnvironment("AWS_ACCESS_KEY_ID", "local")
                .WithEnvironment("AWS_SECRET_ACCESS_KEY", "local")
                .WaitFor(emulator);
    }
}
