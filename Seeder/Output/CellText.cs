using System.Globalization;
using System.Text.RegularExpressions;

namespace Cruddur.Seeder.Output;

/// <summary>Makes text of users fit into a cell of a table.</summary>
internal static partial class CellText
{
    /// <summary>The most characters of a cell in a table. Longer texts are cut; JSON and redirected output have all of them.</summary>
    private const int MaxLength = 200;

    /// <summary>The text in one line, without control characters: a message must not move the cursor of a terminal.</summary>
    public static string OneLine(string? text) => Controls().Replace(text ?? "", " ");

    /// <summary>The text in one line, cut after a whole character if it is long.</summary>
    public static string Short(string? text)
    {
        var line = OneLine(text);
        if (line.Length <= MaxLength)
        {
            return line;
        }

        var end = 0;
        for (var next = 0; next < MaxLength; next = end + StringInfo.GetNextTextElementLength(line, end))
        {
            end = next;
        }

        return line[..end] + "…";
    }

    // A line break of Windows is one blank. The last two are the line and paragraph separators of Unicode.
    [GeneratedRegex(@"\r\n|[\p{Cc}\u2028\u2029]")]
    private static partial Regex Controls();
}
