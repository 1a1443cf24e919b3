using System.Text;
using Cruddur.Data.Paging;
using Microsoft.AspNetCore.WebUtilities;

namespace Cruddur.Api.Paging;

/// <summary>
/// Converts places in a list to cursors and back. A cursor is opaque to callers but no secret: it only says where a page begins,
/// and whether the caller may read the list is checked on each request.
/// </summary>
internal static class Cursor
{
    private const char OlderMark = '<';
    private const char NewerMark = '>';

    /// <summary>The cursor for a place in a list.</summary>
    public static string Encode(PageStart start) =>
        WebEncoders.Base64UrlEncode(
            Encoding.UTF8.GetBytes((start.Direction is PageDirection.Older ? OlderMark : NewerMark) + start.Position));

    /// <summary>Reads a cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="isPosition">Whether a text is a position in the list.</param>
    /// <returns>The place; null if the text is not a cursor of such a list.</returns>
    public static PageStart? Decode(string cursor, Predicate<string> isPosition)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
        }
        catch (FormatException)
        {
            return null;
        }

        return text switch
        {
            [OlderMark, .. var position] when isPosition(position) => new(position, PageDirection.Older),
            [NewerMark, .. var position] when isPosition(position) => new(position, PageDirection.Newer),
            _ => null,
        };
    }
}
