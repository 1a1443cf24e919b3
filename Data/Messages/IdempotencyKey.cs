using System.Security.Cryptography;
using System.Text;

namespace Cruddur.Data.Messages;

/// <summary>What tells a repeated request from a new one.</summary>
/// <param name="Value">The sender's own name for the request, 1 to 255 visible ASCII characters.</param>
/// <param name="Fingerprint">A hash of what was asked for: the same key with another fingerprint is another request.</param>
public sealed record IdempotencyKey(string Value, string Fingerprint)
{
    /// <summary>The most characters a key has.</summary>
    public const int MaxLength = 255;

    /// <summary>How long a key is remembered, at least.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The key of a request to send a message.</summary>
    /// <param name="value">The sender's name for the request.</param>
    /// <param name="receiver">The message group's uuid, or the receiver's handle.</param>
    /// <param name="text">The message.</param>
    public static IdempotencyKey For(string value, string receiver, string text) =>
        new(value, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{receiver}\n{text}"))));

    /// <summary>Whether the text can be a key.</summary>
    public static bool IsValid(string value) => value.Length is > 0 and <= MaxLength && value.All(c => c is >= '!' and <= '~');
}
