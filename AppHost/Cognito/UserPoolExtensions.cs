using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.CognitoLocal;
using Cruddur.AppHost.Ports;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.State;

namespace Cruddur.AppHost.Cognito;

/// <summary>Adds the user pool to the app model.</summary>
public static class UserPoolExtensions
{
    private const string PoolIdParameter = "user-pool-id";
    private const string ClientIdParameter = "user-pool-client-id";
    private const string RegionParameter = "aws-region";
    private const string RegionSetting = "AWS:Region";

    /// <summary>
    /// Takes the real pool that the settings name, as parameters of the app model, or adds the emulator as
    /// <see cref="CruddurResources.Cognito"/>. A published application always uses a real pool.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <exception cref="PrerequisiteException">The settings name a pool that does not exist.</exception>
    public static async Task<UserPool> AddUserPoolAsync(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            var region = builder.AddParameterFromConfiguration(RegionParameter, RegionSetting);
            return builder.AddRealPool(ReferenceExpression.Create($"{region}"));
        }

        if (UserPoolSettings.Parse(
            builder.Configuration[UserPoolSettings.PoolIdSetting], builder.Configuration[UserPoolSettings.ClientIdSetting]) is { } real)
        {
            using var client = new HttpClient();
            await real.CheckExistsAsync(client);
            return builder.AddRealPool(ReferenceExpression.Create($"{real.Region}"));
        }

        var emulator = builder.AddCognitoLocal(CruddurResources.Cognito)
            .WithPreferredPort()
            .WithState()
            .WithUserPool(new(LocalPool.PoolId, LocalPool.ClientId, LocalPool.Users));
        return new UserPool(
            ReferenceExpression.Create($"{LocalPool.PoolId}"),
            ReferenceExpression.Create($"{LocalPool.ClientId}"),
            ReferenceExpression.Create($"{LocalPool.Region}"),
            emulator);
    }

    private static UserPool AddRealPool(this IDistributedApplicationBuilder builder, ReferenceExpression region)
    {
        var poolId = builder.AddParameterFromConfiguration(PoolIdParameter, UserPoolSettings.PoolIdSetting);
        var clientId = builder.AddParameterFromConfiguration(ClientIdParameter, UserPoolSettings.ClientIdSetting);
        return new UserPool(ReferenceExpression.Create($"{poolId}"), ReferenceExpression.Create($"{clientId}"), region, Emulator: null);
    }
}
