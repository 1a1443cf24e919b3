using System.Security.Cryptography;
using System.Text;

namespace Cruddur.Data.Messages;

/// <summary>Identifies a request, so that its repetition is recognized.</summary>
/// <param name="Value">The key that the client has chosen, 1 to 255 visible ASCII characters.</param>
/// <param name="Fingerprint">A hash of the request. The same key with another fingerprint belongs to another request.</param>
public sealed record IdempotencyKey(string Value, string Fingerprint)
{
    /// <summary>The maximum length of a key, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>How long a key is stored, at least.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The key of a request to send a message.</summary>
    /// <param name="value">The key that the client has chosen.</param>
    /// <param name="receiver">The uuid of the message group or of the receiver.</param>
    /// <param name="text">The message.</param>
    public static IdempotencyKey For(string value, string receiver, string text) =>
        new(value, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{receiver}\n{text}"))));

    /// <summary>Whether the text is a valid key.</summary>
    public static bool IsValid(string value) => value.Length is > 0 and <= MaxLength && value.All(c => c is >= '!' and <= '~');
}
