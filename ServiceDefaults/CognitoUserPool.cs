using Microsoft.Extensions.Configuration;

namespace Cruddur.ServiceDefaults;

/// <summary>The Cognito user pool that users sign in to.</summary>
/// <param name="Id">The pool's id, such as <c>us-east-1_CruddurDev</c>.</param>
/// <param name="Endpoint">The address of the pool, without a trailing slash.</param>
/// <param name="IsLocal">Whether the endpoint is configured, and so the pool is not one of AWS.</param>
public sealed record CognitoUserPool(string Id, string Endpoint, bool IsLocal)
{
    /// <summary>The AWS region of the pool: the first part of its id.</summary>
    public string Region => Id[..Id.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>The <c>iss</c> of the pool's tokens.</summary>
    public string Issuer => $"{Endpoint}/{Id}";

    /// <summary>The pool that the settings name.</summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <exception cref="InvalidOperationException">The setting is missing, or is not a pool id.</exception>
    public static CognitoUserPool From(IConfiguration configuration)
    {
        var id = configuration.GetRequiredSetting(SettingNames.UserPoolId);
        var region = id.Split('_') is [{ Length: > 0 } prefix, { Length: > 0 }]
            ? prefix
            : throw new InvalidOperationException(
                $"{SettingNames.UserPoolId} is not a user pool id. Write the region, an underscore and the pool's name, "
                + "such as us-east-1_CruddurDev.");

        var endpoint = configuration[SettingNames.CognitoEndpoint];
        return string.IsNullOrWhiteSpace(endpoint)
            ? new(id, $"https://cognito-idp.{region}.amazonaws.com", IsLocal: false)
            : new(id, endpoint.TrimEnd('/'), IsLocal: true);
    }
}
