using System.CommandLine;
using Cruddur.Seeder.Commands;
using Cruddur.Seeder.Output;

namespace Cruddur.UnitTests.Seeder;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => [.. VerbsOf(SeederCommands.Create()).Select(verb => verb.FullName)];

    public static TheoryData<string> Examples => [.. VerbsOf(SeederCommands.Create()).Select(verb => $"{verb.FullName} {verb.Example}")];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_help_of_each_verb_has_an_example_that_can_be_run(string verb)
    {
        var example = Help(verb).Split('\n').Single(line => line.StartsWith("  ./cruddur ", StringComparison.Ordinal));

        Assert.StartsWith($"  ./cruddur {verb}", example, StringComparison.Ordinal);
        Assert.Empty(SeederCommands.Create().Parse(example.Trim()["./cruddur ".Length..]).Errors);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_verb_prints_JSON_or_Markdown(string example)
    {
        Assert.Equal(OutputFormat.Text, Format(example));
        Assert.Equal(OutputFormat.Json, Format($"{example} --json"));
        Assert.Equal(OutputFormat.Markdown, Format($"{example} --markdown"));
        Assert.Contains("exclude each other", Errors($"{example} --json --markdown"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ddb lsit-tables", "list-tables")]
    [InlineData("dbb scan", "ddb")]
    [InlineData("cognito update-user-ids --relnk bayko", "--relink")]
    [InlineData("ddb scan --jsno", "--json")]
    [InlineData("ddb scan --row 5", "--rows")]
    [InlineData("ddb drop --yse", "--yes")]
    [InlineData("rest", "reset")]
    public void A_misspelt_verb_or_option_is_answered_with_the_nearest(string commandLine, string nearest) =>
        Assert.Matches($@"Did you mean one of the following\?\s+(?:.*\s+)*{nearest}\s", Errors(commandLine));

    [Theory]
    [InlineData("ddb", "schema-load")]
    [InlineData("ddb get-conversation none", "'none' is not a group.")]
    [InlineData("ddb scan --rows 0", "--rows takes a number from 1, or all")]
    [InlineData("ddb scan --rows -1", "--rows takes a number from 1, or all")]
    [InlineData("ddb scan --rows", "--rows")]
    [InlineData("ddb seed --messages 0", "--messages takes a number from 1 to 10,000,000, and not '0'.")]
    [InlineData("ddb seed --groups -3", "--groups takes a number from 1 to 1,000,000, and not '-3'.")]
    [InlineData("ddb seed --users many --groups 3", "--users takes a number from 1 to 100,000, and not 'many'.")]
    [InlineData("ddb seed --messages 5 --groups 10", "10 conversations need at least as many messages")]
    public void A_wrong_command_line_is_explained(string commandLine, string text) =>
        Assert.Contains(text, Errors(commandLine), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "")]
    [InlineData(" --rows 7", "7")]
    [InlineData(" --rows all", "2147483647")]
    public void Rows_are_a_number_or_all(string option, string rows) =>
        Assert.Equal(rows, $"{SeederCommands.Create().Parse("ddb scan" + option).GetValue(VerbOptions.Rows)}");

    [Fact]
    public void The_help_documents_the_exit_codes() =>
        Assert.Contains("3 not confirmed", Help(""), StringComparison.Ordinal);

    private static IEnumerable<Verb> VerbsOf(Command command) =>
        command.Subcommands.SelectMany(subcommand => subcommand is Verb verb ? [verb] : VerbsOf(subcommand));

    private static OutputFormat Format(string commandLine)
    {
        var parsed = SeederCommands.Create().Parse(commandLine);
        Assert.Empty(parsed.Errors);
        return VerbOptions.Format(parsed);
    }

    private static string Help(string verb)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, SeederCommands.Create().Parse($"{verb} --help").Invoke(new() { Output = output }));
        return output.ToString();
    }

    private static string Errors(string commandLine)
    {
        using var error = new StringWriter { NewLine = "\n" };
        Assert.True(CommandLineErrors.Write(SeederCommands.Create().Parse(commandLine), error));
        return error.ToString();
    }
}
