using System.Security.Cryptography;
using System.Text;
using Cruddur.Data.Paging;
using Microsoft.AspNetCore.WebUtilities;

namespace Cruddur.Api.Paging;

/// <summary>
/// Turns places in a list into cursors and back. A cursor is opaque to callers, and signed for one list of one caller:
/// a cursor that was changed, or that belongs to another list, is none.
/// </summary>
internal sealed class Cursors(CursorKeyStore keys)
{
    private const int SignatureLength = 16;
    private const char OlderMark = '<';
    private const char NewerMark = '>';

    /// <summary>A cursor for a place in a list.</summary>
    /// <param name="list">Names the list and the caller.</param>
    /// <param name="start">The place.</param>
    /// <param name="cancellationToken">Stops the search for the key.</param>
    public async ValueTask<string> EncodeAsync(string list, PageStart start, CancellationToken cancellationToken)
    {
        var mark = start.Direction is PageDirection.Older ? OlderMark : NewerMark;
        var place = Encoding.UTF8.GetBytes(mark + start.Position);
        return WebEncoders.Base64UrlEncode([.. await SignAsync(list, place, cancellationToken), .. place]);
    }

    /// <summary>The place that a cursor stands for.</summary>
    /// <param name="list">Names the list and the caller.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="cancellationToken">Stops the search for the key.</param>
    /// <returns>The place; null where this is no cursor of this list.</returns>
    public async ValueTask<PageStart?> DecodeAsync(string list, string cursor, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = WebEncoders.Base64UrlDecode(cursor);
        }
        catch (FormatException)
        {
            return null;
        }

        // Base64 has several spellings of some bytes; only the one that was given out counts.
        if (bytes.Length <= SignatureLength || WebEncoders.Base64UrlEncode(bytes) != cursor)
        {
            return null;
        }

        var place = bytes[SignatureLength..];
        var signature = await SignAsync(list, place, cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), signature))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(place);
        return new(text[1..], text[0] == OlderMark ? PageDirection.Older : PageDirection.Newer);
    }

    private async ValueTask<byte[]> SignAsync(string list, byte[] place, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(cancellationToken);
        byte[] signed = [.. Encoding.UTF8.GetBytes(list), 0, .. place];
        return HMACSHA256.HashData(key, signed)[..SignatureLength];
    }
}
