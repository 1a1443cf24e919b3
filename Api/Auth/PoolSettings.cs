using Cruddur.ServiceDefaults;

namespace Cruddur.Api.Auth;

/// <summary>Reads the trusted user pool from the settings.</summary>
internal static class PoolSettings
{
    /// <summary>The user pool whose tokens are accepted.</summary>
    /// <exception cref="InvalidOperationException">
    /// The settings name no pool, or a local pool outside development: the signing key of a local pool is public.
    /// </exception>
    public static CognitoUserPool Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var pool = CognitoUserPool.From(configuration);
        return !pool.IsLocal || environment.IsDevelopment()
            ? pool
            : throw new InvalidOperationException(
                $"{SettingNames.CognitoEndpoint} names a local user pool, which is for development only. "
                + $"Unset it to use AWS, or set ASPNETCORE_ENVIRONMENT to Development.");
    }
}
