using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cruddur.Seeder.Listings;

/// <summary>Prints rows as a table or as a JSON array.</summary>
internal static class ListingPrinter
{
    /// <summary>The output is not HTML, so messages need no HTML escaping.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints all rows as a table, then their number.</summary>
    /// <returns>The number of rows.</returns>
    public static async Task<int> PrintTableAsync(ISeederListing listing, TextWriter output, CancellationToken cancellationToken)
    {
        var rows = new List<string[]> { listing.Columns.ToArray() };
        await foreach (var row in listing.ListAsync(cancellationToken))
        {
            rows.Add([.. listing.Columns.Select(column => OneLine(row[column]?.ToString()))]);
        }

        var widths = listing.Columns.Select((_, i) => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
        {
            await output.WriteLineAsync(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        await output.WriteLineAsync(rows.Count == 2 ? "1 row" : $"{rows.Count - 1} rows");
        return rows.Count - 1;
    }

    /// <summary>Prints each row as JSON as soon as it is read.</summary>
    /// <returns>The number of rows.</returns>
    public static async Task<int> PrintJsonAsync(ISeederListing listing, TextWriter output, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in listing.ListAsync(cancellationToken))
        {
            await output.WriteAsync((count++ == 0 ? "[\n" : ",\n") + row.ToJsonString(Json));
        }

        await output.WriteLineAsync(count == 0 ? "[]" : "\n]");
        return count;
    }

    private static string OneLine(string? text) => (text ?? "").ReplaceLineEndings(" ");
}
