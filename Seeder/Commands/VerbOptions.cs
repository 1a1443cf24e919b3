using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cruddur.Seeder.Output;

namespace Cruddur.Seeder.Commands;

/// <summary>The options that several verbs have.</summary>
internal static class VerbOptions
{
    /// <summary>Prints JSON. Every verb has it.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    /// <summary>Prints Markdown. Every verb has it.</summary>
    public static readonly Option<bool> Markdown = NewMarkdown();

    /// <summary>Works on other servers than those of the running system.</summary>
    public static readonly Option<bool> Prod = new("--prod")
    {
        Description = "Take all settings from the environment and the AWS profile, and none from the running system.",
    };

    /// <summary>Limits a listing for people.</summary>
    public static readonly Option<int?> Rows = new("--rows")
    {
        Description = $"How many rows to print, or all. Without it: {ListingPrinter.DefaultRows} on a terminal and in Markdown, "
            + "all when the output is redirected. JSON always has all.",
        HelpName = "number|all",
        CustomParser = ParseRows,
    };

    /// <summary>Confirms in advance.</summary>
    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask for confirmation." };

    /// <summary>
    /// An argument that leaves an unknown option to the parser, which suggests the right one. Without that, <c>drop --yse</c> drops
    /// a table with this name.
    /// </summary>
    /// <param name="name">The argument's name in the help.</param>
    /// <param name="description">What it is.</param>
    /// <param name="defaultValue">Its value if it is left out.</param>
    /// <param name="parse">Whether a text is a value, and the value.</param>
    public static Argument<T> Argument<T>(
        string name, string description, T defaultValue, Func<string, (bool IsValid, T Value)> parse) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text.StartsWith('-'))
                {
                    result.OnlyTake(0);
                    return defaultValue;
                }

                var (isValid, value) = parse(text);
                if (!isValid)
                {
                    result.AddError($"'{text}' is not a {name}.");
                }

                return value;
            },
        };

    /// <summary>An argument that can be any text, except an option.</summary>
    /// <param name="name">The argument's name in the help.</param>
    /// <param name="description">What it is.</param>
    /// <param name="defaultValue">Its value if it is left out.</param>
    public static Argument<string?> Argument(string name, string description, string? defaultValue) =>
        Argument(name, description, defaultValue, text => (true, text));

    /// <summary>The format that a command line asks for.</summary>
    public static OutputFormat Format(ParseResult parsed) =>
        parsed.GetValue(Json) ? OutputFormat.Json
        : parsed.GetValue(Markdown) ? OutputFormat.Markdown
        : OutputFormat.Text;

    private static Option<bool> NewMarkdown()
    {
        var option = new Option<bool>("--markdown") { Description = "Print a Markdown table." };
        option.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetResult(Json) is { Implicit: false })
            {
                result.AddError("--json and --markdown exclude each other.");
            }
        });
        return option;
    }

    private static int? ParseRows(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "all")
        {
            return ListingPrinter.AllRows;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0)
        {
            return rows;
        }

        result.AddError($"--rows takes a number from 1, or all, and not '{text}'.");
        return null;
    }
}
