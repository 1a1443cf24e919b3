using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Cruddur.Seeder.Output;

/// <summary>Prints the rows of a listing as they are read, so that a large table does not have to fit into memory.</summary>
/// <param name="console">Receives the rows.</param>
/// <param name="format">The format.</param>
/// <param name="maxRows">How many rows to print; null for the format's default. JSON has all rows.</param>
internal sealed class ListingPrinter(SeederConsole console, OutputFormat format, int? maxRows)
{
    /// <summary>The value of <c>maxRows</c> that prints all rows.</summary>
    public const int AllRows = int.MaxValue;

    /// <summary>How many rows a table for people has if they don't say.</summary>
    public const int DefaultRows = 20;

    /// <summary>A terminal of so many columns has space for two keys and a text.</summary>
    private const int WideTerminal = 120;

    /// <summary>The widths of a table's columns depend on its rows. A longer listing consists of several tables.</summary>
    private const int RowsOfTable = 1000;

    /// <summary>Prints a listing and counts its rows.</summary>
    /// <returns>The number of rows, printed or not.</returns>
    public Task<int> PrintAsync(ITable listing, CancellationToken cancellationToken) => (format, console.OutputTerminal) switch
    {
        (OutputFormat.Json, _) => PrintJsonAsync(listing, cancellationToken),
        (OutputFormat.Markdown, _) => PrintMarkdownAsync(listing, maxRows ?? DefaultRows, cancellationToken),
        (_, { } terminal) => PrintTableAsync(listing, terminal, maxRows ?? DefaultRows, cancellationToken),
        _ => PrintLinesAsync(listing, maxRows ?? AllRows, cancellationToken),
    };

    private async Task<int> PrintJsonAsync(ITable listing, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in listing.ListAsync(cancellationToken))
        {
            await console.Output.WriteAsync((count++ == 0 ? "[\n" : ",\n") + row.ToJsonString(JsonText.Options));
        }

        await console.Output.WriteLineAsync(count == 0 ? "[]" : "\n]");
        return count;
    }

    private async Task<int> PrintMarkdownAsync(ITable listing, int limit, CancellationToken cancellationToken)
    {
        var count = await PrintRowsAsync(
            listing,
            limit,
            () => console.Output.WriteLineAsync(MarkdownTable.Header(listing.Columns)),
            row => console.Output.WriteLineAsync(MarkdownTable.Row(Cells(listing, row))),
            cancellationToken);
        // A line after the table without a blank line before it is another row.
        await console.Output.WriteLineAsync($"{Environment.NewLine}{Total(limit, count)}");
        return count;
    }

    private static async Task<int> PrintTableAsync(
        ITable listing, IAnsiConsole terminal, int limit, CancellationToken cancellationToken)
    {
        var isWide = terminal.Profile.Width >= WideTerminal;
        var table = NewTable(listing, isWide);
        var count = await PrintRowsAsync(
            listing,
            limit,
            () => Task.CompletedTask,
            row =>
            {
                if (table.Rows.Count == RowsOfTable)
                {
                    terminal.Write(table);
                    table = NewTable(listing, isWide);
                }

                // Text, unlike a string, has no markup: a message may contain [ and ].
                table.AddRow(Cells(listing, row).Select(cell => new Text(CellText.Short(cell))));
                return Task.CompletedTask;
            },
            cancellationToken);
        if (table.Rows.Count > 0)
        {
            terminal.Write(table);
        }

        terminal.Write(new Text(Total(limit, count) + (count > limit ? ". --rows all lists the others." : "") + Environment.NewLine));
        return count;
    }

    /// <summary>Prints tab-separated lines with the names of the columns first. The total is for people, on standard error.</summary>
    private async Task<int> PrintLinesAsync(ITable listing, int limit, CancellationToken cancellationToken)
    {
        var count = await PrintRowsAsync(
            listing,
            limit,
            () => console.Output.WriteLineAsync(string.Join('\t', listing.Columns)),
            row => console.Output.WriteLineAsync(string.Join('\t', Cells(listing, row).Select(CellText.OneLine))),
            cancellationToken);
        await console.Error.WriteLineAsync(Total(limit, count));
        return count;
    }

    /// <summary>Prints the header when the listing has succeeded so far, and the first rows.</summary>
    private static async Task<int> PrintRowsAsync(
        ITable listing,
        int limit,
        Func<Task> printHeader,
        Func<JsonObject, Task> printRow,
        CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in listing.ListAsync(cancellationToken))
        {
            if (count == 0)
            {
                await printHeader();
            }

            if (count++ < limit)
            {
                await printRow(row);
            }
        }

        if (count == 0)
        {
            await printHeader();
        }

        return count;
    }

    /// <summary>In a wide terminal only the last column wraps, so that uuids and times can be selected and copied.</summary>
    private static Table NewTable(ITable listing, bool isWide) =>
        new Table { Border = TableBorder.Simple }.AddColumns([.. listing.Columns.Select((name, i) =>
            new TableColumn(new Text(name)) { NoWrap = isWide && i < listing.Columns.Count - 1 })]);

    private static IEnumerable<string?> Cells(ITable listing, JsonObject row) =>
        listing.Columns.Select(column => listing.Cell(row, column));

    private static string Total(int limit, int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(count > limit ? $"{limit:N0} of " : "")}{count:N0} {(count == 1 ? "row" : "rows")}");
}
