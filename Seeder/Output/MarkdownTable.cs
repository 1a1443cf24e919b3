using System.Text.RegularExpressions;

namespace Cruddur.Seeder.Output;

/// <summary>Writes the lines of a GitHub Flavored Markdown table. See https://github.github.com/gfm/#tables-extension-.</summary>
internal static partial class MarkdownTable
{
    /// <summary>The two lines at the top of a table.</summary>
    public static string Header(IEnumerable<string> columns)
    {
        var names = columns.ToList();
        return Line(names) + Environment.NewLine + Line(names.Select(_ => "---"));
    }

    /// <summary>A row. The cells are shown as they are: characters with a meaning in Markdown are escaped.</summary>
    public static string Row(IEnumerable<string?> cells) =>
        Line(cells.Select(cell => Special().Replace(CellText.Short(cell), match => string.Concat(match.Value.Select(c => $"\\{c}")))));

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    // Two plus or equals signs are emphasis in the dashboard's dialect.
    [GeneratedRegex(@"[\\`*_\[\]<>|~^&]|\+{2,}|={2,}")]
    private static partial Regex Special();
}
