using Cruddur.ServiceDefaults;

namespace Cruddur.Api.Auth;

/// <summary>Reads which user pool to trust.</summary>
internal static class PoolSettings
{
    /// <summary>The user pool whose tokens are let in.</summary>
    /// <exception cref="InvalidOperationException">
    /// The pool is missing, or it is a local one outside development: everybody knows the key that a local pool signs with.
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
