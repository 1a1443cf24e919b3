using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.CognitoLocal;
using Cruddur.AppHost.Ports;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.State;
using Microsoft.Extensions.Configuration;

namespace Cruddur.AppHost.Cognito;

/// <summary>Adds the user pool to the app model.</summary>
public static class UserPoolExtensions
{
    private const string PoolIdParameter = "user-pool-id";
    private const string ClientIdParameter = "user-pool-client-id";
    private const string RegionParameter = "aws-region";
    private const string RegionSetting = "AWS:Region";

    /// <summary>
    /// Takes the real pool that the settings name, or adds the emulator as <see cref="CruddurResources.Cognito"/>. A published
    /// application always uses a real pool. The ids and the region are parameters of the app model.
    /// </summary>
    /// <param name="builder">The AppHost's builder.</param>
    /// <exception cref="PrerequisiteException">The settings name a pool that does not exist.</exception>
    public static async Task<UserPool> AddUserPoolAsync(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddParameters(emulator: null);
        }

        var real = UserPoolSettings.Parse(
            builder.Configuration[UserPoolSettings.PoolIdSetting], builder.Configuration[UserPoolSettings.ClientIdSetting]);
        if (real is not null)
        {
            using var client = new HttpClient();
            await real.CheckExistsAsync(client);
        }

        // The dashboard asks for parameters that have no value, and what needs them waits.
        var used = real ?? new UserPoolSettings(LocalPool.PoolId, LocalPool.ClientId);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [UserPoolSettings.PoolIdSetting] = used.PoolId,
            [UserPoolSettings.ClientIdSetting] = used.ClientId,
            [RegionSetting] = used.Region,
        });
        return builder.AddParameters(real is not null ? null : builder.AddCognitoLocal(CruddurResources.Cognito)
            .WithPreferredPort()
            .WithState()
            .WithUserPool(new(LocalPool.PoolId, LocalPool.ClientId, LocalPool.Users)));
    }

    private static UserPool AddParameters(this IDistributedApplicationBuilder builder, IResourceBuilder<CognitoLocalResource>? emulator)
    {
        var poolId = builder.AddParameterFromConfiguration(PoolIdParameter, UserPoolSettings.PoolIdSetting).WithSetUserPoolCommand();
        var clientId = builder.AddParameterFromConfiguration(ClientIdParameter, UserPoolSettings.ClientIdSetting).WithSetUserPoolCommand();
        var region = builder.AddParameterFromConfiguration(RegionParameter, RegionSetting).WithSetUserPoolCommand();
        return new UserPool(
            ReferenceExpression.Create($"{poolId}"),
            ReferenceExpression.Create($"{clientId}"),
            ReferenceExpression.Create($"{region}"),
            emulator);
    }
}
