using Cruddur.Api.Auth;

namespace Cruddur.Api.Users;

/// <summary>Registers the services of the users' routes.</summary>
internal static class UserServices
{
    /// <summary>How long Cognito may take to answer, retries included.</summary>
    private static readonly TimeSpan CognitoDeadline = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<CurrentNames>();
        services.AddSingleton(provider => PoolSettings.Read(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddHttpClient<CognitoProfiles>(http => http.Timeout = CognitoDeadline);
        return services;
    }
}
