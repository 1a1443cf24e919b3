using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;

namespace Cruddur.AppHost.Processes;

/// <summary>Injects what the processes need to reach AWS or the local servers in its place.</summary>
public static class AwsSettingsExtensions
{
    /// <summary>Points the AWS SDK at DynamoDB Local, and waits for it.</summary>
    /// <typeparam name="T">The type of the resource that gets the settings.</typeparam>
    /// <param name="builder">The resource that gets the settings.</param>
    /// <param name="dynamoDb">DynamoDB Local, or <see langword="null"/> for DynamoDB on AWS.</param>
    public static IResourceBuilder<T> WithDynamoDb<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithEndpoints>? dynamoDb)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport =>
        dynamoDb is null ? builder : builder.WithSettings(AwsSettings.ForDynamoDb(dynamoDb)).WaitFor(dynamoDb);

    /// <summary>Names the user pool, with address and credentials where it is the emulator's. Waits for the emulator.</summary>
    /// <typeparam name="T">The type of the resource that gets the settings.</typeparam>
    /// <param name="builder">The resource that gets the settings.</param>
    /// <param name="userPool">The user pool.</param>
    public static IResourceBuilder<T> WithUserPool<T>(this IResourceBuilder<T> builder, UserPool userPool)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        builder.WithSettings(AwsSettings.ForUserPool(userPool));
        return userPool.Emulator is { } emulator ? builder.WaitFor(emulator) : builder;
    }

    private static IResourceBuilder<T> WithSettings<T>(this IResourceBuilder<T> builder, Dictionary<string, ReferenceExpression> settings)
        where T : IResourceWithEnvironment
    {
        foreach (var (name, value) in settings)
        {
            builder.WithEnvironment(name, value);
        }

        return builder;
    }
}
