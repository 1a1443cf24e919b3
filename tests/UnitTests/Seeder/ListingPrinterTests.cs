using System.Text.Json.Nodes;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;
using Spectre.Console;

namespace Cruddur.UnitTests.Seeder;

public sealed class ListingPrinterTests
{
    private const int TerminalWidth = 60;

    [Fact]
    public async Task A_terminal_shows_a_table_of_the_first_rows_that_fits_its_width()
    {
        var (output, _) = await PrintAsync(OutputFormat.Text, null, Rows(30, i => $"{i} {new string('x', 100)} end{i}"), isTerminal: true);

        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, TerminalWidth));
        Assert.Contains("end19", output, StringComparison.Ordinal);
        Assert.DoesNotContain("end20", output, StringComparison.Ordinal);
        Assert.EndsWith("20 of 30 rows. --rows all lists the others.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wide_terminal_wraps_the_last_column_only()
    {
        var key = $"{Guid.NewGuid()} {Guid.NewGuid()}";
        var text = string.Join(' ', Enumerable.Repeat("words", 30));

        var (output, _) = await PrintAsync(OutputFormat.Text, null, [Row(key, text)], isTerminal: true, width: 120);

        Assert.Contains(key, output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
        Assert.Equal(30, output.Split("words").Length - 1);
    }

    [Fact]
    public async Task A_terminal_shows_wide_characters_and_emoji_in_aligned_columns()
    {
        var (output, _) = await PrintAsync(
            OutputFormat.Text, null, [Row("漢字", "one"), Row("👩‍👩‍👧", "two"), Row("ab", "three")], isTerminal: true);

        // Two ideographs are 2 characters of a string and 4 columns of a terminal, this emoji is 8 characters and 2 columns.
        var column = Position(output, "three");
        Assert.Equal(column - 2, Position(output, "one"));
        Assert.Equal(column + 6, Position(output, "two"));
    }

    [Fact]
    public async Task A_terminal_shows_markup_and_control_characters_as_text()
    {
        var (output, _) = await PrintAsync(OutputFormat.Text, null, [Row("[red]a[/] [b", "\u001b[31mx\ty")], isTerminal: true);

        Assert.Contains("[red]a[/] [b", output, StringComparison.Ordinal);
        Assert.Contains(" [31mx y", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_listing_on_a_terminal_consists_of_several_tables()
    {
        var (output, _) = await PrintAsync(OutputFormat.Text, ListingPrinter.AllRows, Rows(2001, i => $"row{i}."), isTerminal: true);

        Assert.Equal(3, output.Split("second").Length - 1);
        Assert.Contains("row2000.", output, StringComparison.Ordinal);
        Assert.EndsWith("2,001 rows\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_output_has_a_line_for_each_row_and_no_ANSI_sequences()
    {
        var (output, error) = await PrintAsync(OutputFormat.Text, null, [Row("a\nb", "c\td"), Row(null, new string('x', 500))]);

        Assert.Equal($"first\tsecond\na b\tc d\n\t{new string('x', 500)}\n", output);
        Assert.Equal("2 rows\n", error);
    }

    [Fact]
    public async Task Markdown_has_the_first_rows_and_their_number()
    {
        var (output, _) = await PrintAsync(OutputFormat.Markdown, 2, Rows(1234, i => $"r{i} | *b*"));

        Assert.Equal(
            "| first | second |\n| --- | --- |\n| r0 \\| \\*b\\* | - |\n| r1 \\| \\*b\\* | - |\n\n2 of 1,234 rows\n", output);
    }

    [Theory]
    [InlineData(nameof(OutputFormat.Text), "first\tsecond\n")]
    [InlineData(nameof(OutputFormat.Markdown), "| first | second |\n| --- | --- |\n\n0 rows\n")]
    [InlineData(nameof(OutputFormat.Json), "[]\n")]
    public async Task An_empty_listing_has_a_header(string format, string expected) =>
        Assert.Equal(expected, (await PrintAsync(Enum.Parse<OutputFormat>(format), null, [])).Output);

    [Fact]
    public async Task A_terminal_shows_no_table_without_rows() =>
        Assert.Equal("0 rows\n", (await PrintAsync(OutputFormat.Text, null, [], isTerminal: true)).Output);

    [Theory]
    [InlineData(nameof(OutputFormat.Text))]
    [InlineData(nameof(OutputFormat.Markdown))]
    [InlineData(nameof(OutputFormat.Json))]
    public async Task A_listing_that_fails_at_once_prints_nothing(string format)
    {
        await using var output = new StringWriter();
        var printer = new ListingPrinter(new(output, TextWriter.Null), Enum.Parse<OutputFormat>(format), null);

        var listing = new Listing(Rows(1, _ => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => printer.PrintAsync(listing, TestContext.Current.CancellationToken));

        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData("<b>_x_</b>", @"\<b\>\_x\_\</b\>")]
    [InlineData("a++b++c 1+1=2", @"a\+\+b\+\+c 1+1=2")]
    [InlineData(@"back\slash `code`", @"back\\slash \`code\`")]
    [InlineData("line\r\nbreak", "line break")]
    public void Markdown_shows_text_as_it_is(string text, string cell) => Assert.Equal($"| {cell} |", MarkdownTable.Row([text]));

    [Fact]
    public void A_long_text_is_cut_after_a_whole_character()
    {
        var family = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 100));
        var cut = CellText.Short(family);

        Assert.InRange(cut.Length, 190, 201);
        Assert.Equal(0, (cut.Length - 1) % "👩‍👩‍👧".Length);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_has_all_members_of_all_rows()
    {
        var (output, _) = await PrintAsync(OutputFormat.Json, 1, [Row("a", "<b> 漢"), Row("c", null)]);

        Assert.Contains("<b> 漢", output, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(output)!.AsArray().Count);
    }

    private static JsonObject Row(string? first, string? second) => new() { ["first"] = first, ["second"] = second };

    private static IEnumerable<JsonObject> Rows(int count, Func<int, string> text) =>
        Enumerable.Range(0, count).Select(i => Row(text(i), "-"));

    private static int Position(string output, string text) =>
        output.Split('\n').Select(line => line.IndexOf(text, StringComparison.Ordinal)).Single(index => index >= 0);

    private static async Task<(string Output, string Error)> PrintAsync(
        OutputFormat format, int? maxRows, IEnumerable<JsonObject> rows, bool isTerminal = false, int width = TerminalWidth)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var terminal = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output),
        });
        terminal.Profile.Width = width;
        var printer = new ListingPrinter(new(output, error) { OutputTerminal = isTerminal ? terminal : null }, format, maxRows);
        await printer.PrintAsync(new Listing(rows), TestContext.Current.CancellationToken);
        return (output.ToString(), error.ToString());
    }

    private sealed class Listing(IEnumerable<JsonObject> rows) : ISeederListing
    {
        public string Verb => "list";

        public SeederServer Server => SeederServer.DynamoDb;

        public IReadOnlyList<string> Columns => ["first", "second"];

        public IAsyncEnumerable<JsonObject> ListAsync(CancellationToken cancellationToken) => rows.ToAsyncEnumerable();
    }
}
