using System.Text.Json.Nodes;

namespace Cruddur.Seeder.Cognito;

/// <summary>A user of the user pool.</summary>
/// <param name="Sub">The id that the user's tokens carry.</param>
/// <param name="PreferredUsername">The handle that the user chose; null if the user has none.</param>
internal sealed record CognitoUser(string Sub, string? PreferredUsername)
{
    /// <summary>The handle in lower case; null if the user has none, or one with control characters.</summary>
    public string? Handle =>
        string.IsNullOrWhiteSpace(PreferredUsername) || PreferredUsername.Any(char.IsControl)
            ? null
            : Data.Users.Handle.Normalize(PreferredUsername);

    /// <summary>An attribute of a user in a response of Cognito; null if the user has none of this name.</summary>
    public static string? Attribute(JsonNode? user, string name) =>
        user?["Attributes"]?.AsArray()
            .FirstOrDefault(attribute => attribute?["Name"]?.GetValue<string>() == name)?["Value"]?.GetValue<string>();
}
