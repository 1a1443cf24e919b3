using Cruddur.AppHost.Cognito;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Cruddur.AppHostTests;

public sealed class SetUserPoolCommandTests : IDisposable
{
    private readonly string _secrets = $"cruddur-test-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_user_pool_is_stored_in_user_secrets_and_removed_again()
    {
        var pool = new UserPoolSettings("ca-central-1_AbCdEfGhI", "5v1j2k3l4m");

        await SetUserPoolCommand.StoreAsync(_secrets, pool);
        Assert.Equal(pool, Stored());

        await SetUserPoolCommand.StoreAsync(_secrets, pool: null);
        Assert.Null(Stored());
    }

    [Fact]
    public async Task Settings_that_are_not_there_are_removed_without_an_error()
    {
        await SetUserPoolCommand.StoreAsync(_secrets, pool: null);

        Assert.Null(Stored());
    }

    public void Dispose()
    {
        var directory = Path.GetDirectoryName(PathHelper.GetSecretsPathFromSecretsId(_secrets))!;
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private UserPoolSettings? Stored()
    {
        var stored = new ConfigurationBuilder().AddUserSecrets(_secrets).Build();
        return UserPoolSettings.Parse(stored[UserPoolSettings.PoolIdSetting], stored[UserPoolSettings.ClientIdSetting]);
    }
}
