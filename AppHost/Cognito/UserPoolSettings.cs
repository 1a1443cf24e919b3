using System.Text.RegularExpressions;
using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHost.Cognito;

/// <summary>A real Cognito user pool, as the settings name it.</summary>
/// <param name="PoolId">The pool's id, such as <c>us-east-1_AbCdEfGhI</c>.</param>
/// <param name="ClientId">The id of the app client.</param>
public sealed partial record UserPoolSettings(string PoolId, string ClientId)
{
    /// <summary>The setting that names a real pool.</summary>
    public const string PoolIdSetting = "AWS:UserPoolId";

    /// <summary>The setting that names the app client of a real pool.</summary>
    public const string ClientIdSetting = "AWS:ClientId";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The AWS region, which every pool's id begins with.</summary>
    public string Region => PoolId[..PoolId.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>Reads the real pool out of the settings.</summary>
    /// <param name="poolId">The value of <see cref="PoolIdSetting"/>.</param>
    /// <param name="clientId">The value of <see cref="ClientIdSetting"/>.</param>
    /// <returns>The pool, or <see langword="null"/> when neither is set.</returns>
    /// <exception cref="PrerequisiteException">Only one is set, or one is malformed.</exception>
    public static UserPoolSettings? Parse(string? poolId, string? clientId)
    {
        if (string.IsNullOrWhiteSpace(poolId) && string.IsNullOrWhiteSpace(clientId))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(poolId) || string.IsNullOrWhiteSpace(clientId))
        {
            throw new PrerequisiteException(
                $"A real user pool needs both {PoolIdSetting} and {ClientIdSetting}, "
                + "and only one is set: set the other, or neither for the local pool.");
        }

        if (!PoolIdFormat().IsMatch(poolId))
        {
            throw new PrerequisiteException(
                $"{PoolIdSetting} is '{poolId}', which is not a user pool id: "
                + "it looks like us-east-1_AbCdEfGhI, and the Cognito console shows it.");
        }

        return ClientIdFormat().IsMatch(clientId)
            ? new UserPoolSettings(poolId, clientId)
            : throw new PrerequisiteException(
                $"{ClientIdSetting} is '{clientId}', which is not an app client id: "
                + "those have only lower-case letters and digits, and the Cognito console shows them.");
    }

    /// <summary>
    /// Asks AWS for the pool's public keys, which exist for every pool. A wrong id is reported at once, and not at the first sign-in.
    /// </summary>
    /// <param name="client">Sends the request.</param>
    /// <exception cref="PrerequisiteException">There is no such pool, or AWS can't be reached.</exception>
    public async Task CheckExistsAsync(HttpClient client)
    {
        var keys = new Uri($"https://cognito-idp.{Region}.amazonaws.com/{PoolId}/.well-known/jwks.json");
        using var timer = new CancellationTokenSource(Timeout);
        try
        {
            using var answer = await client.GetAsync(keys, timer.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw new PrerequisiteException(
                    $"AWS knows no user pool {PoolId} ({(int)answer.StatusCode} from {keys.Host}): "
                    + $"correct {PoolIdSetting}, or leave it out for the local pool.");
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            throw new PrerequisiteException(
                $"The user pool {PoolId} can't be checked, because {keys.Host} can't be reached: "
                + $"correct its region or the network, or leave {PoolIdSetting} out for the local pool.");
        }
    }

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]+_[A-Za-z0-9]+$")]
    private static partial Regex PoolIdFormat();

    [GeneratedRegex("^[a-z0-9]+$")]
    private static partial Regex ClientIdFormat();
}
