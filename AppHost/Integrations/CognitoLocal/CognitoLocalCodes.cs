using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cruddur.AppHost.Integrations.CognitoLocal;

/// <summary>A code that a user needs to confirm an account, an e-mail address or a new password.</summary>
/// <param name="Code">The code.</param>
/// <param name="Handle">The user's <c>preferred_username</c>, if there is one.</param>
/// <param name="Email">The user's e-mail address, if there is one.</param>
/// <param name="SentAt">When the user last changed, which is when the code was made.</param>
public sealed record CognitoLocalCode(string Code, string? Handle, string? Email, DateTimeOffset SentAt);

/// <summary>Reads the codes that the emulator expects. It sends no e-mail.</summary>
public static class CognitoLocalCodes
{
    private static readonly string[] CodeProperties = ["ConfirmationCode", "AttributeVerificationCode"];

    /// <summary>All codes of a pool that have not been used.</summary>
    /// <param name="directory">The directory that the emulator starts in.</param>
    /// <param name="poolId">The id of the pool.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The file of the pool can't be read.</exception>
    /// <exception cref="JsonException">The file is not the JSON that the emulator writes.</exception>
    public static async Task<IReadOnlyList<CognitoLocalCode>> ReadAsync(
        string directory, string poolId, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(CognitoLocalFiles.PoolFile(directory, poolId));
        var pool = await JsonNode.ParseAsync(file, cancellationToken: cancellationToken);
        return [.. (pool?["Users"] as JsonObject ?? []).Select(user => Read(user.Value)).OfType<CognitoLocalCode>()];
    }

    private static CognitoLocalCode? Read(JsonNode? user) =>
        CodeProperties.Select(property => Text(user?[property])).FirstOrDefault(code => code is not null) is { } code
            ? new(
                code,
                Attribute(user, "preferred_username"),
                Attribute(user, "email"),
                DateTimeOffset.TryParse(Text(user?["UserLastModifiedDate"]), out var changed) ? changed : default)
            : null;

    private static string? Attribute(JsonNode? user, string name) => Text((user?["Attributes"] as JsonArray ?? [])
        .FirstOrDefault(attribute => Text(attribute?["Name"]) == name)?["Value"]);

    private static string? Text(JsonNode? value) => value?.ToString();
}
